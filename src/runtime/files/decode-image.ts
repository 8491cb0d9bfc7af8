import { Buffer } from 'node:buffer'
import { decode as decodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import type { Pixels } from '../../codegen/tfjs/runtime/picture.ts'
import { Failure, problem } from '../failure/failure.ts'
import { exifOrientation } from './exif-orientation.ts'
import { mostPixels, refusePng } from './refuse-png.ts'
import { turnPixels } from './turn-pixels.ts'

interface DecodedImage extends Pixels {
  /** Whether it was turned or mirrored, as its EXIF data says. */
  readonly isTurned: boolean
}

/**
 * The pixels of a PNG or JPEG file, told apart by their first bytes, as they are meant to be seen.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `input/picture`
 */
export function decodeImage(bytes: Uint8Array, file: string): DecodedImage {
  const fail = (reason: string, cause?: unknown): never => {
    throw new Failure([problem('input/picture', { reason }, { file })], { cause })
  }
  const format = formatOf(bytes)
  if (!format) return fail('it is neither PNG nor JPEG')
  const refusal = format.refuse?.(bytes)
  if (refusal !== undefined) return fail(refusal)
  try {
    return format.read(bytes)
  } catch (error) {
    // the decoders throw errors of every class on bytes they cannot make sense of
    const said = error instanceof Error ? error.message : String(error)
    if (endsEarly.test(said)) return fail(`its ${format.name} data is cut off`, error)
    if (tooLarge.test(said)) return fail(`it has too many pixels: at most ${limits} are read`, error)
    return fail(`its ${format.name} data is damaged (${said})`, error)
  }
}

/** Whether these are, by their first bytes, a PNG or a JPEG. */
export const isPicture = (bytes: Uint8Array): boolean => formatOf(bytes) !== undefined

const formatOf = (bytes: Uint8Array): Format | undefined =>
  formats.find(({ signature }) => signature.every((byte, i) => bytes[i] === byte))

/** How pngjs puts it that there are fewer bytes than were announced. */
const endsEarly = /read requests|Ran out of data/

/** How jpeg-js puts it that the header announces more than these. */
const tooLarge = /^max\w+ limit exceeded/
const mostMegabytes = 512
const limits = `${mostPixels / 1e6} million, and what takes ${mostMegabytes} MB to decode,`

interface Format {
  readonly name: string
  readonly signature: readonly number[]
  /** What is wrong with it before it is read. */
  readonly refuse?: (bytes: Uint8Array) => string | undefined
  readonly read: (bytes: Uint8Array) => DecodedImage
}

const formats: readonly Format[] = [
  { name: 'PNG', signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], refuse: refusePng, read: readPng },
  { name: 'JPEG', signature: [0xff, 0xd8, 0xff], read: readJpeg },
]

function readPng(bytes: Uint8Array): DecodedImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { width, height, data, depth, palette } = PNG.sync.read(buffer, { skipRescale: true })
  // the entries of a palette have 8 bits, whatever the depth of its indices
  return { width, height, data, maximum: palette ? 255 : 2 ** depth - 1, isTurned: false }
}

function readJpeg(bytes: Uint8Array): DecodedImage {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: mostMegabytes,
  })
  const orientation = exifOrientation(bytes)
  const pixels = { width, height, data, maximum: 255 }
  return orientation === 1 ? { ...pixels, isTurned: false } : { ...turnPixels(pixels, orientation), isTurned: true }
}
