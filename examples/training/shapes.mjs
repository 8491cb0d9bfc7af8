// Draws pictures of discs, squares and crosses for the examples beside it, into a folder:
//
//     node examples/training/shapes.mjs shapes
//
// heads.npz     image [n, 32, 32, 1], labels [n] (0 a disc, 1 a square, 2 a cross)
// mask.npz      image, mask [n, 32, 32] (1 inside of the shape, 0 outside)
// scene.npz     image, mask, place [n, 3] (x, y and size of the shape, as parts of the picture)
// pairs.npz     left, right [n, 32, 32, 1], labels [n] (0 for the same kind of shape, 1 for another)
// outlines.npz  image, filled [n, 32, 32, 1] (the shape filled), outline [n, 2] (1 where image has its outline only, for both logits)
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { zipSync } from 'fflate'
import { register } from 'tsx/esm/api'

register()
const [{ writeNpy }, { randomStream }] = await Promise.all([
  import('../../src/runtime/files/npy.ts'),
  import('../../src/codegen/tfjs/runtime/random.ts'),
])

const [folder, ...more] = process.argv.slice(2)
if (folder === undefined || more.length > 0) {
  console.error('usage: node examples/training/shapes.mjs folder')
  process.exit(2)
}

const count = 600
const size = 32
const { uniform, normal } = randomStream(1, 'shapes')

/** How far outside of a shape a place is, in radii: 1 at its edge. */
const shapes = [
  (x, y) => Math.hypot(x, y),
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) * 1.15,
  (x, y) => Math.max(Math.max(Math.abs(x), Math.abs(y)), 3 * Math.min(Math.abs(x), Math.abs(y))),
]

const places = Array.from({ length: size ** 2 }, (_, i) => [i % size, Math.floor(i / size)])

function drawn(kind = Math.floor(uniform() * shapes.length)) {
  const radius = 5 + 4 * uniform()
  const [x, y] = [radius + (size - 2 * radius) * uniform(), radius + (size - 2 * radius) * uniform()]
  const outside = places.map(([column, row]) => shapes[kind]((column + 0.5 - x) / radius, (row + 0.5 - y) / radius))
  const noise = () => 0.1 * normal()
  const mask = outside.map((distance) => Number(distance <= 1))
  const isOutline = uniform() < 0.5
  const seen = isOutline ? outside.map((distance) => Number(distance <= 1 && distance > 1 - 1.5 / radius)) : mask
  return { kind, mask, isOutline, place: [x / size, y / size, radius / size], image: mask.map((value) => 0.2 + 0.6 * value + noise()), seen }
}

const samples = Array.from({ length: count }, () => drawn())
const others = samples.map(({ kind }) => drawn(uniform() < 0.5 ? kind : undefined))
const array = (shape, values) => ({ shape, values: Float32Array.from(values.flat()) })
const pictures = (values) => array([count, size, size, 1], values)

const image = pictures(samples.map((sample) => sample.image))
const mask = array([count, size, size], samples.map((sample) => sample.mask))
const files = {
  heads: { image, labels: array([count], samples.map(({ kind }) => kind)) },
  mask: { image, mask },
  scene: { image, mask, place: array([count, 3], samples.map(({ place }) => place)) },
  pairs: {
    left: image,
    right: pictures(others.map((other) => other.image)),
    labels: array([count], samples.map(({ kind }, i) => Number(kind !== others[i].kind))),
  },
  outlines: {
    image: pictures(samples.map(({ seen }) => seen)),
    filled: pictures(samples.map((sample) => sample.mask)),
    outline: array([count, 2], samples.map(({ isOutline }) => [Number(isOutline), Number(isOutline)])),
  },
}

mkdirSync(folder, { recursive: true })
for (const [name, arrays] of Object.entries(files)) {
  const file = path.join(folder, `${name}.npz`)
  writeFileSync(file, zipSync(Object.fromEntries(Object.entries(arrays).map(([key, data]) => [`${key}.npy`, writeNpy(data)]))))
  console.log(`${file}: ${Object.keys(arrays).join(', ')}, ${count} samples`)
}
