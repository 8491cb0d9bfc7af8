import { Buffer } from 'node:buffer'
import { encode as encodeJpeg } from 'jpeg-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pictureMap } from '../../src/runtime/data/picture-map.ts'
import { decodeImage } from '../../src/runtime/files/decode-image.ts'
import { exifOrientation } from '../../src/runtime/files/exif-orientation.ts'
import { turnPixels } from '../../src/runtime/files/turn-pixels.ts'
import { photo } from '../codegen/photo.ts'

const s = suite('pictures that a camera has turned')

/** TIFF data with three tags, of which the second is the orientation. */
function tiff(orientation: number, order: 'II' | 'MM', count = 3): Buffer {
  const isLittle = order === 'II'
  const bytes = Buffer.alloc(8 + 2 + 3 * 12 + 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  bytes.write(order, 0, 'latin1')
  view.setUint16(2, 42, isLittle)
  view.setUint32(4, 8, isLittle)
  view.setUint16(8, count, isLittle)
  for (const [i, tag] of [0x010f, 0x0112, 0x011a].entries()) {
    view.setUint16(10 + 12 * i, tag, isLittle)
    view.setUint16(12 + 12 * i, 3, isLittle)
    view.setUint32(14 + 12 * i, 1, isLittle)
    view.setUint16(18 + 12 * i, tag === 0x0112 ? orientation : 9, isLittle)
  }
  return bytes
}

/** A JPEG with a segment of its own behind the first one. */
function withSegment(jpeg: Uint8Array, marker: number, content: Uint8Array): Buffer {
  const first = 4 + Buffer.from(jpeg).readUInt16BE(4)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, first), head, content, jpeg.subarray(first)])
}

const exif = (data: Uint8Array): Buffer => Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), data])

const { width, height, data } = photo(24, 40)
const jpeg = encodeJpeg({ width, height, data: Buffer.from(data as Uint8ClampedArray) }, 95).data
const plain = decodeImage(jpeg, 'x')

/** Where the first row and the first column of what is stored are seen (TIFF 6.0, page 36). */
const seen: Readonly<Record<number, readonly [row: string, column: string]>> = {
  1: ['top', 'left'],
  2: ['top', 'right'],
  3: ['bottom', 'right'],
  4: ['bottom', 'left'],
  5: ['left', 'top'],
  6: ['right', 'top'],
  7: ['right', 'bottom'],
  8: ['left', 'bottom'],
}

for (const [orientation, [row, column]] of Object.entries(seen)) {
  s(`orientation ${orientation}: the first row is seen at the ${row}, the first column at the ${column}`, () => {
    const turned = turnPixels(plain, Number(orientation))
    const isUpright = row === 'top' || row === 'bottom'
    assert.equal([turned.width, turned.height], isUpright ? [width, height] : [height, width])
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const place: Record<string, number> = {}
        // each side is a distance from one of the edges
        place[row] = y
        place[column] = x
        const seenX = place['left'] ?? turned.width - 1 - place['right']!
        const seenY = place['top'] ?? turned.height - 1 - place['bottom']!
        for (let c = 0; c < 4; c++) {
          assert.is(turned.data[4 * (seenY * turned.width + seenX) + c], plain.data[4 * (y * width + x) + c])
        }
      }
    }
    for (const order of ['II', 'MM'] as const) {
      const file = withSegment(jpeg, 0xe1, exif(tiff(Number(orientation), order)))
      const decoded = decodeImage(file, 'x')
      assert.is(decoded.isTurned, orientation !== '1')
      assert.equal([decoded.width, decoded.height, Array.from(decoded.data)], [turned.width, turned.height, Array.from(turned.data)])
    }
  })
}

s('a picture that was turned is said to be, and is of the size that is seen', () => {
  const { shape, originalSize, notes } = pictureMap(withSegment(jpeg, 0xe1, exif(tiff(6, 'II'))), { channels: 3 }, 'x')
  assert.equal([shape, originalSize, notes], [[40, 24, 3], [40, 24], ['it was turned as its EXIF data says']])
})

s('what says nothing that can be read leaves a picture as it stands', () => {
  const of = (content: Uint8Array, marker = 0xe1): number => exifOrientation(withSegment(jpeg, marker, content))
  assert.is(of(exif(tiff(6, 'MM'))), 6)
  assert.is(exifOrientation(jpeg), 1)
  assert.is(of(exif(tiff(6, 'MM')), 0xe2), 1)
  assert.is(of(tiff(6, 'MM')), 1)
  for (const value of [0, 9, 0x0600]) assert.is(of(exif(tiff(value, 'MM'))), 1)
  assert.is(of(exif(tiff(6, 'MM', 1))), 1)
  const whole = exif(tiff(6, 'II'))
  for (let length = 0; length < 40; length++) assert.is(of(whole.subarray(0, length)), 1, `${length}`)
  const file = withSegment(jpeg, 0xe1, whole)
  for (let length = 2; length < file.length; length += length < 100 ? 1 : 50) {
    const found = exifOrientation(file.subarray(0, length))
    assert.ok(found === 1 || (found === 6 && length > 50), `${length}`)
  }
  const beyond = tiff(6, 'MM')
  beyond.writeUInt32BE(4000, 4)
  assert.is(of(exif(beyond)), 1)
  assert.is(of(exif(tiff(6, 'MM', 60_000))), 6)
})

s.run()
