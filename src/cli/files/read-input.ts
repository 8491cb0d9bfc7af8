import path from 'node:path'
import { printShape } from '../../compiler/dim/print.ts'
import type { InputNode } from '../../compiler/graph/graph.ts'
import { noteOfBytes } from '../../runtime/data/byte-values.ts'
import { fitsAsItStands } from '../../runtime/data/array-readings.ts'
import { fitArray, mendsOf, ofAnySize, wantedOf } from '../../runtime/data/fit-array.ts'
import { pictureMap } from '../../runtime/data/picture-map.ts'
import { resizeMaps } from '../../runtime/data/resize-map.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import { readNpy } from '../../runtime/files/npy.ts'
import { randomStream } from '../../codegen/tfjs/runtime/random.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'
import type { InputRules } from './input-rules.ts'
import { parseJsonTensor } from './json-tensor.ts'

interface InputOptions {
  readonly seed: number
  readonly rules: InputRules
  readonly note: (text: string) => void
}

export interface ReadInput extends TensorData {
  /** Height and width of a picture or map that was brought to another size. */
  readonly resizedFrom?: readonly [number, number]
}

/**
 * Reads the value of an input, which is not normalised yet: a file by its ending, `random` (normal, seeded) or `ones`. The result
 * carries the batch first.
 */
export async function readInput(input: InputNode, from: string, options: InputOptions): Promise<ReadInput> {
  const { seed } = options
  if (from === 'random' || from === 'ones') return made(input, from, seed)
  switch (path.extname(from).toLowerCase()) {
    case '.npy':
      return array(input, readNpy(await readBytes(from), from), from, options)
    case '.json':
      return array(input, parseJsonTensor(await readBytes(from), from), from, options)
    case '.png':
    case '.jpg':
    case '.jpeg':
      return picture(input, from, options)
    default:
      throw new UsageError(`--input ${input.name}=${from}: an input is read from .npy, .png, .jpg or .json, or is random or ones`)
  }
}

function made(input: InputNode, how: 'random' | 'ones', seed: number): TensorData {
  const shape = [1, ...input.type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))]
  const known = shape.filter((extent) => extent !== undefined)
  if (known.length < shape.length) {
    throw new UsageError(`--input ${input.name}=${how}: ${printShape(input.type.shape)} has no fixed size; give a file`)
  }
  const values = new Float32Array(sizeOf(known)).fill(1)
  if (how === 'ones') return { shape: known, values }
  const stream = randomStream(seed, `input ${input.name}`)
  return { shape: known, values: values.map(() => stream.normal()) }
}

/**
 * An array without the batch is one sample. One of another form is taken as data to learn from is; maps of another size are resized where
 * that is asked for by an option.
 */
function array(input: InputNode, read: TensorData, file: string, { rules, note }: InputOptions): ReadInput {
  const { name, type } = input
  const given = inForm(input, read, file, { rules, note })
  const said = noteOfBytes(given, type.shape, rules.normalization)
  if (said !== undefined) note(`${file}: ${said}`)
  if (type.shape.length !== 3 || given.shape.length !== 4) return given
  const [height, width] = type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))
  const from = [given.shape[1]!, given.shape[2]!] as const
  if (rules.resizesArrays) {
    const size = resizedSize(input, [height, width], rules)
    if (String(size) === String(from)) return given
    note(resizedText(file, from, size))
    return { ...resizeMaps(given, size), resizedFrom: from }
  }
  const isOther = (height !== undefined && height !== from[0]) || (width !== undefined && width !== from[1])
  if (isOther) note(otherSizeText(file, from, name, type.shape))
  return given
}

/** @throws Failure `data/shape` where it fits in several ways; as it is, with what would make it fit, where in none */
function inForm(input: InputNode, read: TensorData, file: string, { rules, note }: Omit<InputOptions, 'seed'>): TensorData {
  const rank = input.type.shape.length
  const one = { ...read, shape: [1, ...read.shape] }
  const forms = read.shape.length > rank ? [read] : [one, read]
  const wanted = wantedOf(input, file)
  for (const each of rules.resizesArrays ? [wanted, ofAnySize(wanted)] : [wanted]) {
    for (const form of forms) {
      const found = fitArray(form, each)
      if (!found) continue
      if ('problem' in found) throw new Failure([found.problem])
      if (found.note !== undefined) note(found.note)
      return found.data
    }
  }
  const given = read.shape.length === rank ? one : read
  if (!fitsAsItStands(given.shape, ofAnySize(wanted).extents)) for (const mend of mendsOf(read, wanted)) note(`${file}: ${mend}`)
  return given
}

const resizedText = (file: string, from: readonly [number, number], to: readonly [number, number]): string =>
  `${file}: resized from ${from.join('x')} to ${to.join('x')} (height x width)`

const otherSizeText = (file: string, size: readonly [number, number], name: string, shape: InputNode['type']['shape']): string =>
  `${file} is ${size.join('x')}, and the input ${name} is ${printShape(shape)}: --resize brings it to its size`

async function picture(input: InputNode, file: string, { rules, note }: InputOptions): Promise<ReadInput> {
  const { name, type: { shape } } = input
  const [height, width, channels] = shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))
  if (shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    const reason = `it is for the input ${name} ${printShape(shape)}, and a picture has 1, 3 or 4 channels`
    throw new Failure([problem('input/picture', { reason }, { file })])
  }
  const size = rules.resize ? resizedSize(input, [height, width], rules) : undefined
  const read = pictureMap(await readBytes(file), { channels, size, ...(rules.learned && { grey: rules.learned.grey }) }, file)
  const { originalSize } = read
  for (const text of read.notes) note(`${file}: ${text}`)
  const isOther = (extent: number | undefined, axis: 0 | 1): boolean => extent !== undefined && extent !== originalSize[axis]
  const result = { shape: [1, ...read.shape], values: read.values }
  if (size && String(size) !== String(originalSize)) {
    note(resizedText(file, originalSize, size))
    return { ...result, resizedFrom: originalSize }
  }
  if (isOther(height, 0) || isOther(width, 1)) note(otherSizeText(file, originalSize, name, shape))
  return result
}

/** The size of the input and, where that is any, of the pictures that were learned from. */
function resizedSize({ name, type: { shape } }: InputNode, fixed: readonly (number | undefined)[], { learned }: InputRules) {
  const [height, width] = [fixed[0] ?? learned?.size[0], fixed[1] ?? learned?.size[1]]
  if (height !== undefined && width !== undefined) return [height, width] as const
  throw new UsageError(`--resize: the input ${name} ${printShape(shape)} has no fixed size to which anything could be brought`)
}
