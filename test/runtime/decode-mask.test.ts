import { Buffer } from 'node:buffer'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeMask } from '../../src/runtime/files/decode-mask.ts'
import { pngOf } from './handmade-png.ts'
import { reported } from './problems-of.ts'

const s = suite('numbers of masks')

const numbersOf = (bytes: Uint8Array): unknown => {
  const mask = decodeMask(bytes, 'x.png')
  return 'refusal' in mask ? mask.refusal : [...mask.numbers]
}

const two = { width: 2, height: 2 }

s('grey values are numbers as they are stored, in every depth', () => {
  assert.equal(numbersOf(pngOf({ ...two, colorType: 0, pixels: [0, 0, 7, 0, 255, 1] })), [0, 7, 255, 1])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 0, depth: 1, pixels: [0, 0b10_000000, 0, 0b01_000000] })), [1, 0, 0, 1])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 0, depth: 2, pixels: [0, 0b11_01_0000, 0, 0b10_00_0000] })), [3, 1, 2, 0])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 0, depth: 4, pixels: [0, 0x1f, 0, 0x09] })), [1, 15, 0, 9])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 0, depth: 16, pixels: [0, 1, 0, 0, 3, 0, 0, 0, 255, 255] })), [256, 3, 0, 65535])
})

s('of a palette the numbers are its indices, whatever its colours and how transparent they are', () => {
  const palette = [200, 0, 0, 200, 0, 0, 9, 9, 9, 0, 0, 0]
  const transparency = [0, 128]
  const pixels = [0, 0, 1, 0, 3, 2]
  assert.equal(numbersOf(pngOf({ ...two, colorType: 3, pixels, palette })), [0, 1, 3, 2])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 3, pixels, palette, transparency })), [0, 1, 3, 2])
  assert.equal(numbersOf(pngOf({ ...two, colorType: 3, depth: 2, pixels: [0, 0b01_11_0000, 0, 0b00_10_0000], palette, interlace: 0 })), [1, 3, 0, 2])
})

s('grey that is stored as red, green and blue is grey, with a palette that is suggested too', () => {
  const pixels = [0, 5, 5, 5, 0, 0, 0, 0, 1, 1, 1, 255, 255, 255]
  assert.equal(numbersOf(pngOf({ ...two, pixels })), [5, 0, 1, 255])
  assert.equal(numbersOf(pngOf({ ...two, pixels, palette: [1, 2, 3] })), [5, 0, 1, 255])
})

s('colours, transparent parts and JPEGs have no numbers', () => {
  assert.is(numbersOf(pngOf({ ...two, pixels: [0, 5, 5, 5, 0, 0, 1, 0, 1, 1, 1, 2, 2, 2] })), 'it has colours, and a mask has the numbers of classes, as grey values or as indices of a palette')
  const clear = new PNG({ width: 1, height: 1 })
  clear.data = Buffer.from([3, 3, 3, 254])
  assert.is(numbersOf(PNG.sync.write(clear)), 'it has transparent parts, and a mask has a number for every pixel')
  const jpeg = encodeJpeg({ width: 1, height: 1, data: Buffer.from([3, 3, 3, 255]) }, 90).data
  assert.is(numbersOf(jpeg), 'it is a JPEG, which does not keep numbers as they are: write masks as PNG')
})

s('a palette whose checksum is wrong, or which lacks an index, is damaged', async () => {
  const palette = pngOf({ ...two, colorType: 3, pixels: [0, 0, 0, 0, 0, 0], palette: [1, 2, 3] })
  const at = Buffer.from(palette).indexOf('PLTE')
  palette[at + 4]! ^= 1
  assert.match((await reported(() => decodeMask(palette, 'x.png'))).join(), 'its PNG data is damaged')
  const lacking = pngOf({ ...two, colorType: 3, pixels: [0, 0, 1, 0, 0, 0], palette: [1, 2, 3] })
  assert.match((await reported(() => decodeMask(lacking, 'x.png'))).join(), 'index 1 not in palette')
})

s.run()
