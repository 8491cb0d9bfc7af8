import { Buffer } from 'node:buffer'
import { build } from 'esbuild'
import * as fc from 'fast-check'
import { runInNewContext } from 'node:vm'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { standardGrey } from '../../src/codegen/tfjs/runtime/metadata.ts'
import { normalizeValues, pictureValues, type Pixels } from '../../src/codegen/tfjs/runtime/picture.ts'
import { pictureMap } from '../../src/runtime/data/picture-map.ts'
import { photo } from './photo.ts'

const s = suite('from pixels to the values of an input')

type Channels = 1 | 3 | 4
type Size = readonly [height: number, width: number]

const values = (pixels: Pixels, channels: Channels, size?: Size): Float32Array =>
  pictureValues(pixels, { channels, size, grey: standardGrey })

/** A fraction of whole numbers. */
type Fraction = readonly [bigint, bigint]

/** How much the old pixel `i` counts at the new place `at`: the height of a triangle, 1 at its centre. */
function triangle(i: number, at: number, from: number, to: number): Fraction {
  // distance of the centres in old pixels, over the reach: |i + 1/2 - (at + 1/2) from / to| / max(1, from / to)
  const distance = (2 * i + 1) * to - (2 * at + 1) * from
  const reach = 2 * Math.max(from, to)
  return [BigInt(Math.max(0, reach - Math.abs(distance))), BigInt(reach)]
}

/** A channel of a pixel: over white where alpha is not wanted, grey where one channel is. */
function channelOf({ data, maximum = 255 }: Pixels, pixel: number, channel: number, channels: Channels): Fraction {
  const [full, alpha] = [BigInt(maximum), BigInt(data[4 * pixel + 3]!)]
  const at = (c: number): bigint => BigInt(data[4 * pixel + c]!)
  if (channels === 4) return [at(channel), full]
  const overWhite = (c: number): bigint => at(c) * alpha + full * (full - alpha)
  if (channels === 3) return [overWhite(channel), full * full]
  return [299n * overWhite(0) + 587n * overWhite(1) + 114n * overWhite(2), 1000n * full * full]
}

/** One value by its definition, as a sum over all old pixels in whole numbers without limit. */
function exactly(pixels: Pixels, channels: Channels, [height, width]: Size, [y, x, c]: readonly [number, number, number]): number {
  let [sum, weights] = [0n, 0n]
  let unit = 1n
  for (let i = 0; i < pixels.height; i++) {
    const [down] = triangle(i, y, pixels.height, height)
    if (down === 0n) continue
    for (let j = 0; j < pixels.width; j++) {
      const [across] = triangle(j, x, pixels.width, width)
      if (across === 0n) continue
      const [value, one] = channelOf(pixels, i * pixels.width + j, c, channels)
      sum += down * across * value
      weights += down * across
      unit = one
    }
  }
  return Math.fround(quotient(sum, weights * unit))
}

/** The nearest number with 64 bits: whole numbers are divided after both are short enough, which leaves 2^-60 of the quotient. */
function quotient(a: bigint, b: bigint): number {
  const scaled = (a << 110n) / b
  const length = scaled.toString(2).length
  const shift = BigInt(Math.max(0, length - 64))
  return Number(scaled >> shift) / 2 ** (110 - Number(shift))
}

const sizes: readonly Size[] = [[32, 32], [48, 64], [120, 90], [53, 71], [7, 200], [1, 1]]

for (const [what, pixels] of [
  ['opaque', photo(53, 71)],
  ['transparent', photo(53, 71, { transparent: true })],
  ['of 16 bits', photo(31, 43, { transparent: true, maximum: 65535 })],
] as const) {
  s(`every value of a photo that is ${what} is what its definition gives, to the last bit`, () => {
    for (const channels of [1, 3, 4] as const) {
      for (const size of sizes) {
        const [height, width] = size
        const found = values(pixels, channels, size)
        assert.is(found.length, height * width * channels)
        // every place of small results, every 37th of large ones
        for (let i = 0; i < found.length; i += found.length > 4000 ? 37 : 1) {
          const place = [Math.floor(i / (width * channels)), Math.floor(i / channels) % width, i % channels] as const
          const wanted = exactly(pixels, channels, size, place)
          assert.is(found[i], wanted, `${channels} channels, ${height}x${width}, ${place.join(', ')}: ${found[i]} for ${wanted}`)
        }
      }
    }
  })
}

s('without another size, values are the bytes divided by 255', () => {
  const pixels = photo(9, 5)
  const wanted = Float32Array.from([...pixels.data as Uint8ClampedArray].filter((_, i) => i % 4 < 3), (byte) => byte / 255)
  assert.equal(values(pixels, 3), wanted)
  assert.equal(values(pixels, 3, [9, 5]), wanted)
})

s('grey has the weights that are given, and that of a grey pixel is its value', () => {
  const pixels = { width: 2, height: 1, data: [255, 51, 0, 255, 102, 102, 102, 255] }
  const grey = pictureValues(pixels, { channels: 1, grey: [1, 2, 1] })
  assert.equal(grey, Float32Array.from([(255 + 2 * 51) / (4 * 255), 102 / 255]))
  assert.equal(values(pixels, 1), Float32Array.from([(299 * 255 + 587 * 51) / (1000 * 255), 102 / 255]))
})

s('what is transparent is white, unless alpha is a channel', () => {
  const pixels = { width: 2, height: 1, data: [9, 9, 9, 0, 255, 0, 0, 51] }
  assert.equal(values(pixels, 1), Float32Array.from([1, 1 - 0.2 * 0.701]))
  assert.equal(values(pixels, 3), Float32Array.from([1, 1, 1, 1, 0.8, 0.8]))
  assert.equal(values(pixels, 4), Float32Array.from([9 / 255, 9 / 255, 9 / 255, 0, 1, 0, 0, 0.2]))
})

s('a single pixel that is transparent is white, wherever it is', () => {
  for (let at = 0; at < 6; at++) {
    const data = Array.from({ length: 24 }, (_, i) => (i === 4 * at + 3 ? 0 : i % 4 === 3 ? 255 : 51))
    const wanted = Float32Array.from({ length: 6 }, (_, i) => (i === at ? 1 : 0.2))
    assert.equal(values({ width: 3, height: 2, data }, 1), wanted)
  }
})

s('twice the size is bilinear with half pixels, half the size counts every pixel', () => {
  const row = (...greys: readonly number[]): Pixels => ({
    width: greys.length,
    height: 1,
    data: greys.flatMap((grey) => [grey, grey, grey, 255]),
  })
  assert.equal(values(row(0, 255), 1, [1, 4]), Float32Array.from([0, 0.25, 0.75, 1]))
  // triangles of reach 2 around 1 and 3: 3/8, 3/8, 1/8 (and 1/8 outside), brought to a sum of 1
  assert.equal(values(row(255, 0, 0, 0), 1, [1, 2]), Float32Array.from([3 / 7, 0]))
  assert.equal(values(row(0, 0, 255, 0), 1, [1, 2]), Float32Array.from([1 / 7, 3 / 7]))
})

const anyPixels: fc.Arbitrary<Pixels> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc
      .uint8ClampedArray({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((data) => ({ width, height, data })),
  )
const extent = fc.integer({ min: 1, max: 12 })
const anyChannels = fc.constantFrom<Channels>(1, 3, 4)

s('any picture of any size becomes what the definition gives', () => {
  fc.assert(
    fc.property(anyPixels, extent, extent, anyChannels, (pixels, height, width, channels) => {
      for (const [i, value] of values(pixels, channels, [height, width]).entries()) {
        const place = [Math.floor(i / (width * channels)), Math.floor(i / channels) % width, i % channels] as const
        assert.is(value, exactly(pixels, channels, [height, width], place))
      }
    }),
  )
})

s('normalised, the mean is subtracted before the division, channel by channel', () => {
  const found = normalizeValues(Float32Array.from([1, 1, 1, 0.5, 0.5, 0.5]), { mean: [0.5, 0, 1], deviation: [0.25, 4, 1] })
  assert.equal(found, Float32Array.from([2, 0.25, 0, 0, 0.125, -0.5]))
  assert.equal(normalizeValues(Float32Array.from([1, 3]), { mean: [1], deviation: [2] }), Float32Array.from([0, 1]))
})

s('it runs where there is neither Node nor a page, and gives the same bits there', async () => {
  const { outputFiles } = await build({
    entryPoints: ['src/codegen/tfjs/runtime/picture.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'picture',
    platform: 'neutral',
  })
  const pixels = photo(40, 61, { transparent: true })
  const bare = runInNewContext(`${outputFiles[0]!.text}; picture.pictureValues(pixels, form)`, {
    pixels,
    form: { channels: 3, size: [28, 28], grey: standardGrey },
  }) as Float32Array
  assert.equal([...bare], [...values(pixels, 3, [28, 28])])
})

s('a file gives the values of its pixels', () => {
  const pixels = photo(20, 30, { transparent: true })
  const png = new PNG({ width: 30, height: 20 })
  png.data = Buffer.from(pixels.data as Uint8ClampedArray)
  const read = pictureMap(PNG.sync.write(png), { channels: 3, size: [8, 9] }, 'x.png')
  assert.equal([read.shape, read.originalSize], [[8, 9, 3], [20, 30]])
  assert.equal(read.values, values(pixels, 3, [8, 9]))
})

s.run()
