import { shapeText, sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { InputNode } from '../../compiler/graph/graph.ts'
import { problem, type Problem } from '../failure/failure.ts'
import { fitsAsItStands, readingsOf } from './array-readings.ts'

interface WantedArray {
  /** What the array is called. */
  readonly name: string
  /** What it is for, as it is said: `the input image [28, 28, 1]`. */
  readonly what: string
  /** Of a sample; undefined for an extent that may be any. */
  readonly extents: readonly (number | undefined)[]
  /** Whether the last axis has channels. */
  readonly hasChannels: boolean
  readonly file: string
}

/** What an input takes. */
export function wantedOf({ name, type: { shape } }: InputNode, file: string): WantedArray {
  const extents = shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))
  return { name, what: `the input ${name} ${printShape(shape)}`, extents, hasChannels: shape.length === 3, file }
}

/** The same, whatever the height and width of a map are. */
export const ofAnySize = (wanted: WantedArray): WantedArray =>
  isMap(wanted) ? { ...wanted, extents: [undefined, undefined, wanted.extents[2]] } : wanted

const isMap = ({ extents, hasChannels }: WantedArray): boolean => extents.length === 3 && hasChannels

interface Fits {
  readonly data: TensorData
  /** What is said where it does not fit as it stands. */
  readonly note?: string
}

/** An array as samples of a shape, where that can mean only one thing; `data/shape` where it fits in several ways; undefined where in none. */
export function fitArray(array: TensorData, { name, what, extents, hasChannels, file }: WantedArray): Fits | { readonly problem: Problem } | undefined {
  if (fitsAsItStands(array.shape, extents)) return { data: array }
  const [reading, ...others] = readingsOf(array.shape, { extents, hasChannels })
  if (!reading) return undefined
  if (others.length > 0) {
    const lines = [reading, ...others].map((each) => `if it ${each.what}: ${name}${each.line}`)
    return { problem: problem('data/shape', { mismatch: `${name} ${shapeText(array.shape)} fits ${what} in ${lines.length} ways` }, { file, notes: lines }) }
  }
  const data = reading.read(array)
  return { data, note: `${file}: ${name} ${shapeText(array.shape)} ${reading.what}, and is taken as ${shapeText(data.shape)}` }
}

/** What would make an array fit that does not in any way, as far as it can be told. */
export function mendsOf({ shape }: TensorData, wanted: WantedArray): readonly string[] {
  const { name, extents } = wanted
  const [samples, ...rest] = shape
  if (samples === undefined) return []
  const [only, ...more] = extents
  const anySize = ofAnySize(wanted)
  const colours = isMap(wanted) && extents[2] === 3 ? [extents[0], extents[1]] : undefined
  return [
    ...(colours && fitsAsItStands(shape, colours) ? [`grey for three channels: numpy.repeat(${name}[..., None], 3, axis=-1)`] : []),
    ...(colours && fitsAsItStands(shape, [...colours, 1]) ? [`grey for three channels: numpy.repeat(${name}, 3, axis=-1)`] : []),
    ...(colours && fitsAsItStands(shape, [...colours, 4]) ? [`without the channel alpha: ${name}[..., :3]`] : []),
    ...(more.length === 0 && only !== undefined && rest.length > 1 && sizeOf(rest) === only ? [`${name}.reshape(len(${name}), -1) makes a row of each sample`] : []),
    ...(fitsAsItStands([1, ...shape], extents) ? [`one sample has the axis of samples too: ${name}[None]`] : []),
    ...(shape.length > 1 && fitsAsItStands([1, ...shape.slice(0, -1)], extents) ? [`where the samples are the last axis: numpy.moveaxis(${name}, -1, 0)`] : []),
    ...(isMap(wanted) && (fitsAsItStands(shape, anySize.extents) || readingsOf(shape, anySize).length === 1) ? ['--resize brings maps to the size of the model'] : []),
  ]
}
