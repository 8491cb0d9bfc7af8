// Writes one held-out digit of each class of the `mnist` package to examples/data as a PNG of 32x32: the 28x28 digit with two pixels of
// paper around it, ink 255 and paper 0, as the network reads it. No network that learns from scripts/mnist-arrays.mjs has seen them.
import { writeFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { framed, mnistDigits } from './mnist-digits.mjs'

for (const [digit, { heldOut }] of mnistDigits().entries()) {
  const png = new PNG({ width: 32, height: 32, colorType: 0 })
  for (const [i, ink] of framed(heldOut[0], 32).entries()) {
    png.data.fill(ink, 4 * i, 4 * i + 3)
    png.data[4 * i + 3] = 255
  }
  writeFileSync(`examples/data/${digit}.png`, PNG.sync.write(png, { colorType: 0 }))
}
