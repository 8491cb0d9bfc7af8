// Writes the 10,000 digits of the `mnist` package as PNG files into folders of a class each, train/0 ... train/9 (8,000 pictures) and
// held-out/0 ... held-out/9 (2,000, a fifth of every digit): the 28x28 digit with two pixels of paper around it, ink 255 and paper 0.
//
//     node scripts/mnist-pictures.mjs folder
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { greyPng } from './grey-png.mjs'
import { framed, mnistDigits } from './mnist-digits.mjs'

const [folder, ...others] = process.argv.slice(2)
if (folder === undefined || others.length > 0) {
  console.error('usage: node scripts/mnist-pictures.mjs folder')
  process.exit(2)
}

for (const [digit, parts] of mnistDigits().entries()) {
  for (const [name, pictures] of [['train', parts.training], ['held-out', parts.heldOut]]) {
    const place = path.join(folder, name, String(digit))
    mkdirSync(place, { recursive: true })
    for (const [n, picture] of pictures.entries())
      writeFileSync(path.join(place, `${String(n).padStart(4, '0')}.png`), greyPng(framed(picture, 32), 32))
  }
}
console.log(`${path.join(folder, 'train')}: 8,000 pictures\n${path.join(folder, 'held-out')}: 2,000 pictures`)
