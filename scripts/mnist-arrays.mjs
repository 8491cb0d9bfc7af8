// Writes the 10,000 digits of the `mnist` package as train.npz (8,000 samples) and held-out.npz (2,000, a fifth of every digit)
// into a folder: image [samples, size, size, 1] from 0 (paper) to 1 (ink), as `fmw run` reads a PNG of them, and labels [samples].
//
//     node scripts/mnist-arrays.mjs folder [--size 28]
//
// A size of 32 (without --size) puts two pixels of paper around the 28x28 digits, as LeNet-5 takes them.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { zipSync } from 'fflate'
import { register } from 'tsx/esm/api'
import { framed, mnistDigits } from './mnist-digits.mjs'

register()
const { writeNpy } = await import('../src/runtime/files/npy.ts')

const { values: options, positionals } = parseArgs({ options: { size: { type: 'string', default: '32' } }, allowPositionals: true })
const [folder] = positionals
const size = Number(options.size)
if (positionals.length !== 1 || !Number.isInteger(size) || size < 28 || size % 2 !== 0) {
  console.error('usage: node scripts/mnist-arrays.mjs folder [--size n], where n is even and at least 28')
  process.exit(2)
}

const digits = mnistDigits()
mkdirSync(folder, { recursive: true })
for (const [name, part] of [['train', 'training'], ['held-out', 'heldOut']]) {
  const samples = digits.flatMap((digit, label) => digit[part].map((picture) => ({ picture, label })))
  const image = new Float32Array(samples.length * size ** 2)
  for (const [n, { picture }] of samples.entries()) image.set(Float32Array.from(framed(picture, size), (byte) => byte / 255), n * size ** 2)
  const files = {
    'image.npy': writeNpy({ shape: [samples.length, size, size, 1], values: image }),
    'labels.npy': writeNpy({ shape: [samples.length], values: Float32Array.from(samples, ({ label }) => label) }),
  }
  const file = path.join(folder, `${name}.npz`)
  writeFileSync(file, zipSync(files, { level: 6 }))
  console.log(`${file}: ${samples.length} samples`)
}
