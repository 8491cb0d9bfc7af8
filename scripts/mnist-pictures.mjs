// Writes the 10,000 digits of the `mnist` package as PNG files into folders of a class each, train/0 ... train/9 (8,000 pictures) and
// held-out/0 ... held-out/9 (2,000, a fifth of every digit), ink 255 and paper 0.
//
//     node scripts/mnist-pictures.mjs folder [--size 28]
//
// A size of 32 (without --size) puts two pixels of paper around the 28x28 digits, as LeNet-5 takes them.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { greyPng } from './grey-png.mjs'
import { framed, mnistDigits } from './mnist-digits.mjs'

const { values: options, positionals } = parseArgs({ options: { size: { type: 'string', default: '32' } }, allowPositionals: true })
const [folder] = positionals
const size = Number(options.size)
if (positionals.length !== 1 || !Number.isInteger(size) || size < 28 || size % 2 !== 0) {
  console.error('usage: node scripts/mnist-pictures.mjs folder [--size n], where n is even and at least 28')
  process.exit(2)
}

for (const [digit, parts] of mnistDigits().entries()) {
  for (const [name, pictures] of [['train', parts.training], ['held-out', parts.heldOut]]) {
    const place = path.join(folder, name, String(digit))
    mkdirSync(place, { recursive: true })
    for (const [n, picture] of pictures.entries())
      writeFileSync(path.join(place, `${String(n).padStart(4, '0')}.png`), greyPng(framed(picture, size), size))
  }
}
console.log(`${path.join(folder, 'train')}: 8,000 pictures\n${path.join(folder, 'held-out')}: 2,000 pictures`)
