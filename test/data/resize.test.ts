import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resizeMap } from '../../src/runtime/data/resize.ts'
import type { SampleMap } from '../../src/runtime/data/sample-map.ts'

const s = suite('resizing pictures')

const shape = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 3))

const maps: fc.Arbitrary<SampleMap> = shape.chain(([height, width, channels]) =>
  fc
    .array(fc.integer({ min: 0, max: 255 }), { minLength: height * width * channels, maxLength: height * width * channels })
    .map((bytes) => ({ shape: [height, width, channels], values: Float32Array.from(bytes, (byte) => byte / 255) })),
)

const extents = fc.integer({ min: 1, max: 12 })

/** One element, as a sum over all old ones with the product of two triangles, in 64 bits. */
function element(
  { shape: [height, width, channels], values }: SampleMap,
  to: readonly [number, number],
  [y, x, c]: readonly [number, number, number],
): number {
  const triangle = (i: number, at: number, from: number, into: number): number => {
    const ratio = from / into
    return Math.max(0, 1 - Math.abs((i + 0.5 - (at + 0.5) * ratio) / Math.max(1, ratio)))
  }
  let sum = 0
  let total = 0
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const weight = triangle(i, y, height, to[0]) * triangle(j, x, width, to[1])
      sum += weight * values[(i * width + j) * channels + c]!
      total += weight
    }
  }
  return sum / total
}

s('every element is the mean of the old ones around it, weighted by triangles', () => {
  fc.assert(
    fc.property(maps, extents, extents, (map, height, width) => {
      const { shape: [newHeight, newWidth, channels], values } = resizeMap(map, height, width)
      assert.equal([newHeight, newWidth, channels], [height, width, map.shape[2]])
      for (const [i, value] of values.entries()) {
        const [y, x, c] = [Math.floor(i / (width * channels)), Math.floor(i / channels) % width, i % channels] as const
        assert.ok(Math.abs(value - element(map, [height, width], [y, x, c])) < 1e-6, `${y}, ${x}, ${c}`)
      }
    }),
  )
})

s('a picture of the right size keeps its values, a constant one its value', () => {
  fc.assert(
    fc.property(maps, extents, extents, (map, height, width) => {
      assert.equal(resizeMap(map, map.shape[0], map.shape[1]).values, map.values)
      const flat = { shape: map.shape, values: map.values.map(() => 0.25) }
      assert.ok(resizeMap(flat, height, width).values.every((value) => Math.abs(value - 0.25) < 1e-7))
    }),
  )
})

s('twice the size is bilinear with half pixels, half the size counts every pixel', () => {
  const near = (found: Float32Array, wanted: readonly number[]): void => {
    assert.is(found.length, wanted.length)
    for (const [i, value] of wanted.entries()) assert.ok(Math.abs(found[i]! - value) < 1e-6, `${i}: ${found[i]}`)
  }
  near(resizeMap({ shape: [1, 2, 1], values: Float32Array.from([0, 1]) }, 1, 4).values, [0, 0.25, 0.75, 1])
  // triangles of reach 2 around 1 and 3: 3/8, 3/8, 1/8 (and 1/8 outside), brought to a sum of 1
  near(resizeMap({ shape: [1, 4, 1], values: Float32Array.from([1, 0, 0, 0]) }, 1, 2).values, [3 / 7, 0])
  near(resizeMap({ shape: [1, 4, 1], values: Float32Array.from([0, 0, 1, 0]) }, 1, 2).values, [1 / 7, 3 / 7])
})

s.run()
