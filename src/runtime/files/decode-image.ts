import { Buffer } from 'node:buffer'
import { decode as decodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { Failure, problem } from '../failure/failure.ts'
import { mostPixels, refusePng } from './refuse-png.ts'
import type { TensorData } from '../numbers/tensor-data.ts'

interface DecodedImage extends TensorData {
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number]
  /** What was converted on the way, for stderr. */
  readonly notes: readonly string[]
}

/**
 * A PNG or JPEG picture as numbers from 0 to 1. Colours become grey by the luma of ITU-R BT.601 (0.299 R + 0.587 G + 0.114 B);
 * where 1 or 3 channels are wanted, transparent parts are laid over white.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `input/picture`
 */
export function decodeImage(bytes: Uint8Array, channels: 1 | 3 | 4, file: string): DecodedImage {
  const pixels = readPixels(bytes, file)
  const { width, height, samples, maximum } = pixels
  const values = new Float32Array(width * height * channels)
  let coloured = false
  let transparent = false
  for (let from = 0, to = 0; to < values.length; from += 4, to += channels) {
    const alpha = samples[from + 3]! / maximum
    const over = channels === 4 ? 1 : alpha
    const red = (samples[from]! / maximum) * over + (1 - over)
    const green = (samples[from + 1]! / maximum) * over + (1 - over)
    const blue = (samples[from + 2]! / maximum) * over + (1 - over)
    const grey = red === green && green === blue
    coloured ||= !grey
    transparent ||= alpha < 1
    values[to] = channels > 1 || grey ? red : 0.299 * red + 0.587 * green + 0.114 * blue
    if (channels === 1) continue
    values[to + 1] = green
    values[to + 2] = blue
    if (channels === 4) values[to + 3] = alpha
  }
  return { shape: [height, width, channels], values, notes: conversions(channels, coloured, transparent) }
}

function conversions(channels: 1 | 3 | 4, coloured: boolean, transparent: boolean): readonly string[] {
  const notes: string[] = []
  if (channels !== 4 && transparent) notes.push('its transparent parts were laid over white')
  if (channels === 1 && coloured) notes.push('its colours were turned into grey (luma, ITU-R BT.601)')
  if (channels !== 1 && !coloured) notes.push('it is grey: its values were repeated for red, green and blue')
  if (channels === 4 && !transparent) notes.push('it is opaque: its alpha channel is 1 everywhere')
  return notes
}

interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue and alpha of each pixel, row by row, from 0 to `maximum`. */
  readonly samples: ArrayLike<number>
  readonly maximum: number
}

function readPixels(bytes: Uint8Array, file: string): Pixels {
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
  readonly read: (bytes: Uint8Array) => Pixels
}

const formats: readonly Format[] = [
  { name: 'PNG', signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], refuse: refusePng, read: readPng },
  { name: 'JPEG', signature: [0xff, 0xd8, 0xff], read: readJpeg },
]

function readPng(bytes: Uint8Array): Pixels {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { width, height, data, depth, palette } = PNG.sync.read(buffer, { skipRescale: true })
  // the entries of a palette have 8 bits, whatever the depth of its indices
  return { width, height, samples: data, maximum: palette ? 255 : 2 ** depth - 1 }
}

function readJpeg(bytes: Uint8Array): Pixels {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: mostMegabytes,
  })
  return { width, height, samples: data, maximum: 255 }
}
