// Writes one digit of each class of the `mnist` package to examples/data as a PNG of 32x32: the 28x28 digit with two pixels of paper
// around it, ink 255 and paper 0, as the network reads it.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { PNG } from 'pngjs'

const require = createRequire(import.meta.url)

for (let digit = 0; digit < 10; digit++) {
  const { data } = require(`mnist/src/digits/${digit}.json`)
  const png = new PNG({ width: 32, height: 32, colorType: 0 })
  for (let i = 0; i < 32 * 32; i++) {
    const [y, x] = [Math.floor(i / 32) - 2, (i % 32) - 2]
    const inside = x >= 0 && x < 28 && y >= 0 && y < 28
    png.data.fill(inside ? Math.round(data[y * 28 + x] * 255) : 0, 4 * i, 4 * i + 3)
    png.data[4 * i + 3] = 255
  }
  writeFileSync(`examples/data/${digit}.png`, PNG.sync.write(png, { colorType: 0 }))
}
