// Writes one held-out digit of each class of the `mnist` package to examples/data as a PNG of 32x32: the 28x28 digit with two pixels of
// paper around it, ink 255 and paper 0, as the network reads it. No network that learns from scripts/mnist-pictures.mjs has seen them.
import { writeFileSync } from 'node:fs'
import { greyPng } from './grey-png.mjs'
import { framed, mnistDigits } from './mnist-digits.mjs'

for (const [digit, { heldOut }] of mnistDigits().entries())
  writeFileSync(`examples/data/${digit}.png`, greyPng(framed(heldOut[0], 32), 32))
