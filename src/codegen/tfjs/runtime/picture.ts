import type { Normalization, PictureRules } from './metadata.ts'

/** A decoded picture at its own size. An `ImageData` is one. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue and alpha of each pixel, row by row; colours are not multiplied by alpha. */
  readonly data: ArrayLike<number>
  /** What all light, and no transparency, is: 255 unless it is said. */
  readonly maximum?: number
}

interface PictureForm extends Pick<PictureRules, 'grey'> {
  /** Grey; red, green and blue; or these and alpha. */
  readonly channels: 1 | 3 | 4
  /** Height and width; without them the picture keeps its own. */
  readonly size?: readonly [number, number] | undefined
}

/**
 * A picture as values from 0 to 1, [height, width, channels] row by row:
 *
 * 1. With one or three channels, transparent parts are laid over white: a colour is c·a + 1 - a.
 * 2. With one channel, red, green and blue become grey: their mean with the weights `grey`.
 * 3. Each pixel of another size lies at the same place of the picture (its centre, the half-pixel convention) and is the mean of the
 *    old ones around it, weighted along each axis by a triangle that reaches one old pixel, or one new one where the picture shrinks,
 *    so that every old pixel counts: bilinear, antialiased. What lies outside does not count.
 *
 * All sums are of whole numbers, and each value is one division, rounded to 64 and then to 32 bits: exact, where the sums stay below
 * 2^53, and in any case the same bits in every engine.
 */
export function pictureValues(pixels: Pixels, { channels, size, grey }: PictureForm): Float32Array {
  const [height, width] = size ?? [pixels.height, pixels.width]
  const { row, one } = numerators(pixels, channels, grey)
  const [down, across] = [tapsAlong(pixels.height, height), tapsAlong(pixels.width, width)]
  const totals = across.flatMap((taps) => Array.from({ length: channels }, () => taps.total))
  const values = new Float32Array(height * width * channels)
  const kept = new Map<number, Float64Array>()
  for (const [y, { first, weights, total }] of down.entries()) {
    for (const old of kept.keys()) if (old < first) kept.delete(old)
    const sums = new Float64Array(width * channels)
    for (const [tap, weight] of weights.entries()) {
      const narrowed = kept.get(first + tap) ?? alongRow(row(first + tap), across, channels)
      kept.set(first + tap, narrowed)
      for (let i = 0; i < sums.length; i++) sums[i] = Number(sums[i]) + weight * Number(narrowed[i])
    }
    const start = y * sums.length
    for (let i = 0; i < sums.length; i++) values[start + i] = Number(sums[i]) / (total * Number(totals[i]) * one)
  }
  return values
}

/** (x - mean) / deviation, channel by channel of the last axis, computed in 64 bits and rounded to 32. */
export const normalizeValues = (values: Float32Array, { mean, deviation }: Normalization): Float32Array =>
  values.map((value, i) => (value - Number(mean[i % mean.length])) / Number(deviation[i % mean.length]))

interface Numerators {
  /** The channels of each pixel of a row. */
  readonly row: (y: number) => Float64Array
  /** What stands for 1. */
  readonly one: number
}

/** Colours and alpha as whole numbers. */
function numerators(
  { width, height, data, maximum = 255 }: Pixels,
  channels: 1 | 3 | 4,
  grey: PictureRules['grey'],
): Numerators {
  const over = channels < 4 && hasTransparency(data, width * height, maximum)
  const light = (at: number, alpha: number): number => {
    const colour = Number(data[at])
    return over ? colour * alpha + maximum * (maximum - alpha) : colour
  }
  const [red, green, blue] = channels === 1 ? grey : [1, 0, 0]
  const row = (y: number): Float64Array => {
    const result = new Float64Array(width * channels)
    for (let x = 0, from = 4 * width * y, to = 0; x < width; x++, from += 4, to += channels) {
      const alpha = Number(data[from + 3])
      if (channels === 1) {
        result[to] = red * light(from, alpha) + green * light(from + 1, alpha) + blue * light(from + 2, alpha)
        continue
      }
      for (let c = 0; c < 3; c++) result[to + c] = light(from + c, alpha)
      if (channels === 4) result[to + 3] = alpha
    }
    return result
  }
  return { row, one: (over ? maximum * maximum : maximum) * (red + green + blue) }
}

function hasTransparency(data: ArrayLike<number>, pixels: number, maximum: number): boolean {
  for (let i = 0; i < pixels; i++) if (Number(data[4 * i + 3]) < maximum) return true
  return false
}

interface Taps {
  /** The position of the first old pixel that counts. */
  readonly first: number
  /** Of it and those that follow: whole numbers. */
  readonly weights: readonly number[]
  readonly total: number
}

/** For each new position along an axis, the triangle around its centre, in units that make its heights whole numbers. */
function tapsAlong(extent: number, to: number): readonly Taps[] {
  const divisor = greatestDivisor(extent, to)
  const [from, into] = [extent / divisor, to / divisor]
  const reach = 2 * Math.max(from, into)
  return Array.from({ length: to }, (_, position) => {
    const centre = (2 * position + 1) * from
    const first = Math.max(0, Math.floor((centre - reach - into) / (2 * into)) + 1)
    const last = Math.min(extent - 1, Math.ceil((centre + reach - into) / (2 * into)) - 1)
    const weights = Array.from(
      { length: last - first + 1 },
      (_, tap) => reach - Math.abs((2 * (first + tap) + 1) * into - centre),
    )
    return { first, weights, total: weights.reduce((sum, weight) => sum + weight, 0) }
  })
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

/** The sums of a row for all positions of the new width. */
function alongRow(row: Float64Array, across: readonly Taps[], channels: number): Float64Array {
  const result = new Float64Array(across.length * channels)
  for (const [x, { first, weights }] of across.entries()) {
    for (let c = 0; c < channels; c++) {
      let sum = 0
      for (let tap = 0; tap < weights.length; tap++)
        sum += Number(weights[tap]) * Number(row[(first + tap) * channels + c])
      result[x * channels + c] = sum
    }
  }
  return result
}
