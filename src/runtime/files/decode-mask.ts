import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { decodeImage } from './decode-image.ts'
import { chunksOf } from './png-chunks.ts'

/** A number for each pixel, row by row: its grey value as it is stored, or its index in a palette. */
interface Mask {
  readonly width: number
  readonly height: number
  readonly numbers: Uint16Array
  /** The largest number that it could hold. */
  readonly most: number
}

/**
 * The numbers that a PNG holds for its pixels, or why it holds none: colours and transparent parts are no numbers, and a JPEG keeps none
 * exactly.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `input/picture`
 */
export function decodeMask(bytes: Uint8Array, file: string): Mask | { readonly refusal: string } {
  const { width, height, data, maximum = 255 } = decodeImage(bytes, file)
  const isPng = bytes[0] === 0x89
  if (!isPng) return { refusal: 'it is a JPEG, which does not keep numbers as they are: write masks as PNG' }
  const indices = paletteIndices(bytes)
  const pixels = indices ?? data
  const numbers = new Uint16Array(width * height)
  for (let i = 0; i < numbers.length; i++) {
    const at = 4 * i
    if (!indices) {
      if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return { refusal: coloured }
      if (data[at + 3] !== maximum) return { refusal: 'it has transparent parts, and a mask has a number for every pixel' }
    }
    numbers[i] = pixels[at]!
  }
  return { width, height, numbers, most: maximum }
}

const coloured = 'it has colours, and a mask has the numbers of classes, as grey values or as indices of a palette'

/** Of each pixel its index four times; undefined where the PNG has no palette. */
function paletteIndices(bytes: Uint8Array): Uint8Array | undefined {
  const copy = Uint8Array.from(bytes)
  const chunks = chunksOf(copy) ?? []
  const palette = chunks.find(({ name }) => name === 'PLTE')?.content
  // a picture of red, green and blue may have a palette too, which is a suggestion
  const hasIndices = chunks[0]?.content[9] === 3
  if (!palette || !hasIndices) return undefined
  // a palette in which every entry is its own index; the checksum was that of the other one, and has been looked at
  for (let i = 0; i < palette.length; i++) palette[i] = Math.floor(i / 3)
  return PNG.sync.read(Buffer.from(copy.buffer), { checkCRC: false, skipRescale: true }).data
}
