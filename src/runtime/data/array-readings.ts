import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** A way to take an array of another form for samples of a shape. */
export interface Reading {
  /** What it is taken for, in a sentence about the array. */
  readonly what: string
  /** How NumPy says it, after the name of the array. */
  readonly line: string
  readonly read: (array: TensorData) => TensorData
}

interface Wanted {
  /** Of a sample; undefined for an extent that may be any. */
  readonly extents: readonly (number | undefined)[]
  /** Whether the last axis has channels, which other tools put first. */
  readonly hasChannels: boolean
}

/** Whether an array has the samples first and then what is wanted. */
export const fitsAsItStands = ([, ...rest]: readonly number[], extents: Wanted['extents']): boolean => agree(rest, extents)

/**
 * The ways to take an array [samples, ...] that does not fit as it stands: axes of one element are missing or too many, the channels
 * come before height and width, or each sample is one row. Each of them gives other numbers.
 */
export function readingsOf(shape: readonly number[], wanted: Wanted): readonly Reading[] {
  if (shape.length === 0 || fitsAsItStands(shape, wanted.extents)) return []
  const moved = channelsFirst(shape, wanted)
  const ones = withOnes(shape, wanted)
  return ones ? [ones, ...moved] : [...flatRows(shape, wanted), ...moved]
}

const agree = (found: readonly number[], extents: Wanted['extents']): boolean =>
  found.length === extents.length && found.every((extent, axis) => extent === (extents[axis] ?? extent))

function withOnes([samples, ...rest]: readonly number[], { extents, hasChannels }: Wanted): Reading | undefined {
  const left = rest.filter((extent) => extent !== 1)
  if (!agree(left, extents.filter((extent) => extent !== 1))) return undefined
  const others = left.values()
  const shape = [samples!, ...extents.map((extent) => (extent === 1 ? 1 : others.next().value!))]
  const lacksChannel = hasChannels && extents.at(-1) === 1 && rest.length === extents.length - 1
  const what = lacksChannel ? 'has no axis for its one channel' : 'differs by axes of one element'
  return { what, line: reshaped(shape), read: ({ values }) => ({ shape, values }) }
}

/** Which of the two is meant where there are channels, no array says. */
function flatRows([samples, length, ...more]: readonly number[], { extents, hasChannels }: Wanted): readonly Reading[] {
  const known = extents.filter((extent) => extent !== undefined)
  if (more.length > 0 || known.length < Math.max(2, extents.length) || sizeOf(known) !== length) return []
  const shape = [samples!, ...known]
  const [channels, ...places] = [known.at(-1)!, ...known.slice(0, -1)]
  const rows = { what: 'has a row for each sample', line: reshaped(shape), read: ({ values }: TensorData) => ({ shape, values }) }
  if (!hasChannels || channels === 1) return [rows]
  const first = [samples!, channels, ...places]
  return [
    { ...rows, what: 'has a row for each sample, place by place' },
    {
      what: 'has a row for each sample, channel by channel',
      line: `${reshaped(first)}${transposed(first)}`,
      read: ({ values }) => channelsLast({ shape: first, values }),
    },
  ]
}

function channelsFirst(shape: readonly number[], { extents, hasChannels }: Wanted): readonly Reading[] {
  const [, channels, ...places] = shape
  if (!hasChannels || channels === undefined || channels === 1 || places.length !== 2 || !agree([...places, channels], extents)) return []
  return [{ what: 'has its channels first', line: transposed(shape), read: channelsLast }]
}

const reshaped = ([, ...extents]: readonly number[]): string => `.reshape(${[-1, ...extents].join(', ')})`

const transposed = (shape: readonly number[]): string => `.transpose(${[0, ...[...shape.keys()].slice(2), 1].join(', ')})`

/** [samples, channels, ...] as [samples, ..., channels]. */
export function channelsLast({ shape: [samples, channels, ...places], values }: TensorData): TensorData {
  const result = new Float32Array(values.length)
  const size = sizeOf(places)
  for (let sample = 0, at = 0; sample < samples!; sample++) {
    for (let channel = 0; channel < channels!; channel++) {
      for (let place = 0; place < size; place++) result[(sample * size + place) * channels! + channel] = values[at++]!
    }
  }
  return { shape: [samples!, ...places, channels!], values: result }
}
