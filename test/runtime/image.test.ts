import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG, type PackerOptions } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pictureMap } from '../../src/runtime/data/picture-map.ts'
import { encodePng } from '../../src/runtime/files/encode-png.ts'
import { bigEndian, chunk, pngOf } from './handmade-png.ts'
import { reported } from './problems-of.ts'

const s = suite('pictures')

/** A PNG of one row of RGBA samples. */
function png(samples: readonly number[], options: PackerOptions = {}): Uint8Array {
  const picture = new PNG({ width: samples.length / 4, height: 1 })
  picture.data = options.bitDepth === 16 ? Buffer.from(Uint16Array.from(samples).buffer) : Buffer.from(samples)
  return PNG.sync.write(picture, options)
}

function expectNear(values: Float32Array, expected: readonly number[], tolerance = 1e-6): void {
  assert.is(values.length, expected.length)
  for (const [i, value] of values.entries())
    assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${i}: ${value} is not ${expected[i]}`)
}

const red = [255, 0, 0, 255]
const halfBlue = [0, 0, 255, 51]
const grey = [102, 102, 102, 255]

s('a colour picture becomes [height, width, 3] from 0 to 1, row by row', () => {
  const picture = new PNG({ width: 2, height: 3 })
  picture.data = Buffer.from(Array.from({ length: 24 }, (_, i) => (i % 4 === 3 ? 255 : i * 10)))
  const { shape, values, notes } = pictureMap(PNG.sync.write(picture), { channels: 3 }, 'x.png')
  assert.equal(shape, [3, 2, 3])
  assert.equal(notes, [])
  expectNear(values, Array.from({ length: 24 }, (_, i) => (i * 10) / 255).filter((_, i) => i % 4 !== 3))
})

s('three channels to one is luma, and said', () => {
  const colours = png([...red, ...grey, 0, 255, 0, 255, 0, 0, 255, 255])
  const { shape, values, notes } = pictureMap(colours, { channels: 1 }, 'x.png')
  assert.equal(shape, [1, 4, 1])
  expectNear(values, [0.299, 0.4, 0.587, 0.114])
  assert.equal(notes, ['its colours were turned into grey (0.299 R + 0.587 G + 0.114 B)'])
})

s('a grey picture keeps its exact values, and says where they are repeated', () => {
  const file = png([...grey, 255, 255, 255, 255], { colorType: 0 })
  assert.equal(pictureMap(file, { channels: 1 }, 'x.png'), {
    shape: [1, 2, 1],
    values: Float32Array.from([0.4, 1]),
    originalSize: [1, 2],
    notes: [],
  })
  const { values, notes } = pictureMap(file, { channels: 3 }, 'x.png')
  assert.equal(values, Float32Array.from([0.4, 0.4, 0.4, 1, 1, 1]))
  assert.equal(notes, ['it is grey: its values were repeated for red, green and blue'])
})

s('transparent parts are laid over white where no alpha is wanted, and it is said', () => {
  const { values, notes } = pictureMap(png([...red, ...halfBlue]), { channels: 3 }, 'x.png')
  expectNear(values, [1, 0, 0, 0.8, 0.8, 1])
  assert.equal(notes, ['its transparent parts were laid over white'])
  const one = pictureMap(png([...red, ...halfBlue]), { channels: 1 }, 'x.png')
  expectNear(one.values, [0.299, 0.8 * 0.886 + 0.114])
  assert.equal(one.notes, [
    'its transparent parts were laid over white',
    'its colours were turned into grey (0.299 R + 0.587 G + 0.114 B)',
  ])
})

s('four channels keep alpha, or say that there is none', () => {
  const clear = pictureMap(png([...red, ...halfBlue]), { channels: 4 }, 'x.png')
  expectNear(clear.values, [1, 0, 0, 1, 0, 0, 1, 0.2])
  assert.equal(clear.notes, [])
  assert.equal(pictureMap(png(red), { channels: 4 }, 'x.png').notes, ['it is opaque: its alpha channel is 1 everywhere'])
})

s('16 bits keep their precision', () => {
  const file = png([1, 256, 65534, 65535], { bitDepth: 16, colorType: 6, inputColorType: 6 })
  expectNear(pictureMap(file, { channels: 3 }, 'x.png').values, [1 / 65535, 256 / 65535, 65534 / 65535], 1e-9)
})

s('pictures with a palette and with fewer than 8 bits are read', () => {
  const two = { width: 2, height: 1 }
  // written by hand: 1-bit grey (black, white), 2-bit grey (1/3, 1), 1-bit palette (green, red)
  const grey = (depth: number, row: number): Uint8Array => pngOf({ ...two, depth, colorType: 0, pixels: [0, row] })
  expectNear(pictureMap(grey(1, 0b01_000000), { channels: 1 }, 'x.png').values, [0, 1])
  expectNear(pictureMap(grey(2, 0b01_11_0000), { channels: 1 }, 'x.png').values, [1 / 3, 1])
  const palette = pngOf({ ...two, depth: 1, colorType: 3, pixels: [0, 0b01_000000], palette: [0, 255, 0, 255, 0, 0] })
  expectNear(pictureMap(palette, { channels: 3 }, 'x.png').values, [0, 1, 0, 1, 0, 0])
})

s('a JPEG is read by its bytes, not by its name', () => {
  const data = Buffer.from(Array.from({ length: 16 * 8 }, () => [200, 100, 50, 255]).flat())
  const { shape, values, notes } = pictureMap(encodeJpeg({ width: 16, height: 8, data }, 100).data, { channels: 3 }, 'x.png')
  assert.equal(shape, [8, 16, 3])
  assert.equal(notes, [])
  expectNear(values, Array.from({ length: 128 }, () => [200 / 255, 100 / 255, 50 / 255]).flat(), 2 / 255)
})

const invalid = (reason: string): string => `input/picture: this is no picture that can be read: ${reason}`

s('a file that is no picture says so', async () => {
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode('GIF89a'), Uint8Array.from([0x89, 0x50])]) {
    assert.equal(await reported(() => pictureMap(bytes, { channels: 3 }, 'x.png')), [invalid('it is neither PNG nor JPEG')])
  }
})

s('a picture that is cut off anywhere is refused', async () => {
  const file = png([...red, ...halfBlue])
  for (let length = 8; length < file.length; length++) {
    assert.equal(
      await reported(() => pictureMap(file.subarray(0, length), { channels: 3 }, 'x.png')),
      [invalid('its PNG data is cut off')],
      `${length}`,
    )
  }
  const data = Buffer.alloc(32 * 32 * 4, 99)
  const jpeg = encodeJpeg({ width: 32, height: 32, data }, 90).data
  for (const length of [3, 20, 200, jpeg.length - 20]) {
    const [message] = await reported(() => pictureMap(jpeg.subarray(0, length), { channels: 3 }, 'x.jpg'))
    assert.match(message!, 'input/picture: this is no picture that can be read: its JPEG data is damaged')
  }
})

s('a picture with a damaged byte in its data or its checksum is refused', async () => {
  const file = png([...red, ...halfBlue])
  for (let at = 8; at < file.length; at++) {
    const damaged = Uint8Array.from(file)
    damaged[at]! ^= 0x10
    const [message] = await reported(() => pictureMap(damaged, { channels: 3 }, 'x.png'))
    assert.match(message!, /^input\/picture: this is no picture that can be read: it/)
  }
})

const refusalOf = async (file: Uint8Array): Promise<string> => (await reported(() => pictureMap(file, { channels: 3 }, 'x.png'))).join('\n')

s('a PNG whose data does not give exactly the pixels of its header is refused', async () => {
  const row = [0, 1, 2, 3, 4, 5, 6]
  const two = { width: 2, height: 2 }
  expectNear(pictureMap(pngOf({ ...two, pixels: [...row, ...row] }), { channels: 3 }, 'x.png').values.subarray(0, 1), [1 / 255])
  const short = (bytes: number | 'more'): string => invalid(`its 2 x 2 pixels take 14 bytes, and its data has ${bytes}`)
  assert.is(await refusalOf(pngOf({ ...two, pixels: row })), short(7))
  assert.is(await refusalOf(pngOf({ ...two, pixels: [...row, ...row.slice(1)] })), short(13))
  assert.is(await refusalOf(pngOf(two)), short(0))
  assert.is(await refusalOf(pngOf({ ...two, pixels: [...row, ...row, 0] })), short('more'))
  const damaged = (what: string): string => invalid(`its PNG data is damaged (${what})`)
  assert.is(await refusalOf(pngOf({ ...two, packed: [] })), damaged('unexpected end of file'))
  assert.is(await refusalOf(pngOf({ ...two, packed: [1, 2, 3, 4, 5, 6, 7, 8] })), damaged('incorrect header check'))
  const whole = [...deflateSync(Uint8Array.from([...row, ...row]))]
  assert.is(await refusalOf(pngOf({ ...two, packed: whole.slice(0, -6) })), damaged('unexpected end of file'))
  assert.is(await refusalOf(pngOf({ ...two, packed: [...whole.slice(0, -1), 0] })), damaged('incorrect data check'))
})

s('of every depth, type of colours and interlacing exactly the pixels of the header are wanted', async () => {
  const types = [[0, [1, 2, 4, 8, 16]], [2, [8, 16]], [3, [1, 2, 4, 8]], [4, [8, 16]], [6, [8, 16]]] as const
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
  // of 5 x 3 pixels, the passes of Adam 7 have 1 x 1, 1 x 1, none, 1 x 1, 3 x 1, 2 x 2 and 5 x 1
  const sizes = [[[5, 3]], [[1, 1], [1, 1], [1, 1], [3, 1], [2, 2], [5, 1]]] as const
  for (const interlace of [0, 1] as const) {
    for (const [colorType, depths] of types) {
      for (const depth of depths) {
        const needed = sizes[interlace].reduce(
          (sum, [width, height]) => sum + height * (1 + Math.ceil((width * samples[colorType] * depth) / 8)),
          0,
        )
        const palette = colorType === 3 ? { palette: [9, 9, 9] } : {}
        const file = (length: number): Uint8Array =>
          pngOf({ width: 5, height: 3, depth, colorType, interlace, ...palette, pixels: Array.from({ length }, () => 0) })
        const { shape, values } = pictureMap(file(needed), { channels: 3 }, 'x.png')
        assert.equal(shape, [3, 5, 3])
        const value = colorType === 3 ? 9 / 255 : colorType === 4 || colorType === 6 ? 1 : 0
        expectNear(values, Array.from({ length: 45 }, () => value))
        const wrong = `${colorType} ${depth} ${interlace}`
        const taken = `its 5 x 3 pixels take ${needed} bytes, and its data has`
        assert.is(await refusalOf(file(needed - 1)), invalid(`${taken} ${needed - 1}`), wrong)
        assert.is(await refusalOf(file(needed + 1)), invalid(`${taken} more`), wrong)
      }
    }
  }
})

s('a picture is refused for the size that its header claims before anything of that size is made', async () => {
  const before = process.memoryUsage().rss
  const huge = pngOf({ width: 30_000, height: 30_000, pixels: [0] })
  assert.ok(huge.length < 100)
  assert.is(await refusalOf(huge), invalid('it has 30000 x 30000 pixels, and at most 100 million are read'))
  const long = (width: number): Promise<string> => refusalOf(pngOf({ width, height: 1 }))
  assert.is(await long(100_000_001), invalid('it has 100000001 x 1 pixels, and at most 100 million are read'))
  assert.is(await long(100_000_000), invalid('its 100000000 x 1 pixels take 300000001 bytes, and its data has 0'))
  assert.is(await refusalOf(pngOf({ width: 0, height: 5 })), invalid('its header says 0 x 5 pixels'))
  const jpeg = Buffer.from(encodeJpeg({ width: 8, height: 8, data: Buffer.alloc(8 * 8 * 4, 99) }, 90).data)
  // the start of the frame: its marker, 2 bytes of length, 1 of precision, then height and width
  jpeg.fill(0xff, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 9)
  assert.is(
    await refusalOf(jpeg),
    invalid('it has too many pixels: at most 100 million, and what takes 512 MB to decode, are read'),
  )
  assert.ok(process.memoryUsage().rss - before < 200e6)
})

s('a second header does not decide what was checked with the first', async () => {
  const file = pngOf({ width: 1, height: 1, pixels: [0, 1, 2, 3] })
  const second = chunk('IHDR', [...bigEndian(30_000), ...bigEndian(30_000), 8, 2, 0, 0, 0])
  const twice = Uint8Array.from([...file.subarray(0, 33), ...second, ...file.subarray(33)])
  assert.is(await refusalOf(twice), invalid('it has two headers'))
})

s('a map is drawn from its smallest value, black, to its largest, white', () => {
  const file = encodePng({ shape: [2, 2], values: Float32Array.from([-1, 0, 1, 3]) }, 'x.png')
  assert.equal([...PNG.sync.read(Buffer.from(file)).data].filter((_, i) => i % 4 === 0), [0, 64, 128, 255])
  expectNear(pictureMap(file, { channels: 1 }, 'x.png').values, [0, 64 / 255, 128 / 255, 1])
})

s('a given range cuts off what lies beyond', () => {
  const file = encodePng({ shape: [1, 4, 1], values: Float32Array.from([-1, 0, 0.5, 3]) }, 'x.png', [0, 1])
  expectNear(pictureMap(file, { channels: 1 }, 'x.png').values, [0, 0, 128 / 255, 1])
})

s('colours are written as they are read', () => {
  const values = Float32Array.from([1, 0, 0, 0, 0.2, 1])
  const file = encodePng({ shape: [2, 1, 3], values }, 'x.png', [0, 1])
  expectNear(pictureMap(file, { channels: 3 }, 'x.png').values, [...values])
})

s('a constant map is black, without a division by zero', () => {
  expectNear(pictureMap(encodePng({ shape: [1, 2], values: Float32Array.from([5, 5]) }, 'x.png'), { channels: 1 }, 'x.png').values, [0, 0])
})

s('what is no picture is not written as one', async () => {
  const attempt = (shape: readonly number[], ...values: readonly number[]) =>
    reported(() => encodePng({ shape, values: Float32Array.from(values) }, 'x.png'))
  const refused = (reason: string): readonly string[] => [`output/picture: this cannot be written as a picture: ${reason}`]
  const wanted = 'a picture is [height, width], [height, width, 1] or [height, width, 3], and this is '
  assert.equal(await attempt([1, 1, 2], 1, 2), refused(`${wanted}[1, 1, 2]`))
  assert.equal(await attempt([2], 1, 2), refused(`${wanted}[2]`))
  assert.equal(await attempt([1, 1, 1, 1], 1), refused(`${wanted}[1, 1, 1, 1]`))
  assert.equal(await attempt([0, 4]), refused('[0, 4] has no pixels'))
  assert.equal(await attempt([1, 2], 1, NaN), refused('it contains NaN'))
  assert.equal(await attempt([1, 2], -Infinity, 1), refused('it contains -Infinity'))
})

s.run()
