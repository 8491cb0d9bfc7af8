import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { statisticsOf, type Statistics } from '../../runtime/drawing/statistics.ts'

/** What a picture of a value shows, as numbers. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly statistics: Statistics
  /** Of the last axis; undefined for a vector or a single number, whose elements are rows by themselves. */
  readonly channels: readonly Channel[] | undefined
  /** Row by row. */
  readonly values: Float32Array
  /** For each channel or element, which one of another value it is. */
  readonly origins: readonly number[] | undefined
}

interface Channel extends Statistics {
  /** What it was multiplied by, where the value is that product. */
  readonly weight: number | undefined
}

interface Known {
  readonly origins?: readonly number[] | undefined
  /** For each channel, or one for all. */
  readonly weights?: Float32Array | undefined
}

export function numbersOf({ shape, values }: TensorData, { origins, weights }: Known): Numbers {
  const count = shape.at(-1) ?? 1
  const isVector = sizeOf(shape.slice(0, -1)) === 1
  const channels = isVector
    ? undefined
    : Array.from({ length: count }, (_, channel) => ({
        ...statisticsOf(channelOf(values, channel, count)),
        weight: weights?.[weights.length === 1 ? 0 : channel],
      }))
  return { shape, statistics: statisticsOf(values), channels, values, origins }
}

/** Of channels that stand side by side. */
function channelOf(values: Float32Array, channel: number, count: number): Float32Array {
  const own = new Float32Array(values.length / count)
  for (let i = 0; i < own.length; i++) own[i] = values[i * count + channel]!
  return own
}

/** Rows of a table with a title for each column; numbers are not rounded yet. */
export interface Grid {
  readonly header: readonly string[]
  readonly rows: readonly (readonly number[])[]
  /** How many columns name a row, by whole numbers. */
  readonly names: number
}

/** A row for each channel or, of a vector, for each element. */
export function byChannel({ channels, values, origins }: Numbers): Grid {
  const from = (i: number): readonly number[] => (origins ? [origins[i]!] : [])
  const names = origins ? 2 : 1
  const named = (name: string): readonly string[] => [name, ...(origins ? ['from'] : [])]
  if (!channels) {
    return { header: [...named('index'), 'value'], rows: Array.from(values, (value, i) => [i, ...from(i), value]), names }
  }
  const isWeighted = channels.some(({ weight }) => weight !== undefined)
  const isOdd = channels.some(({ notFinite }) => notFinite > 0)
  return {
    header: [...named('channel'), ...(isWeighted ? ['weight'] : []), 'min', 'max', 'mean', 'deviation', 'zeros', ...(isOdd ? ['not finite'] : [])],
    rows: channels.map(({ weight, min, max, mean, deviation, zeros, notFinite }, i) => [
      i,
      ...from(i),
      ...(isWeighted ? [weight ?? NaN] : []),
      min,
      max,
      mean,
      deviation,
      zeros,
      ...(isOdd ? [notFinite] : []),
    ]),
    names,
  }
}

/** A row for each place, with a column for each channel; of a vector as `byChannel`. */
export function byPlace(numbers: Numbers): Grid {
  const { shape, values, channels } = numbers
  if (!channels) return byChannel(numbers)
  const axes = shape.slice(0, -1)
  const count = channels.length
  return {
    header: [...axesNames(axes.length), ...channels.map((_, channel) => String(channel))],
    rows: Array.from({ length: sizeOf(axes) }, (_, place) => [...positionOf(place, axes), ...values.subarray(place * count, (place + 1) * count)]),
    names: axes.length,
  }
}

/** Of a matrix, a map and a kernel, as they are called; of anything else by number. */
const axesNames = (rank: number): readonly string[] =>
  rank <= 3 ? ['row', 'column', 'input'].slice(0, rank) : Array.from({ length: rank }, (_, axis) => `axis ${axis}`)

function positionOf(place: number, axes: readonly number[]): readonly number[] {
  const position: number[] = []
  let rest = place
  for (const extent of axes.toReversed()) {
    position.unshift(rest % extent)
    rest = Math.floor(rest / extent)
  }
  return position
}
