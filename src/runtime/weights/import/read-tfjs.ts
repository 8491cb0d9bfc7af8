import path from 'node:path'
import { fromFloat16 } from '../../../codegen/tfjs/runtime/half.ts'
import { sizeOf } from '../../../codegen/tfjs/runtime/tensor-data.ts'
import { Failure, problem } from '../../failure/failure.ts'
import { readBytes } from '../../files/read-file.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'

/**
 * The weights of a model of TensorFlow.js, in the files beside its model.json, quantised or not.
 *
 * @throws Failure `weights/unreadable`, or where one of these files cannot be read
 */
export async function readTfjs(bytes: Uint8Array, file: string): Promise<ForeignFile> {
  const fail = (reason: string): never => {
    throw new Failure([problem('weights/unreadable', { format: 'TensorFlow.js', reason }, { file })])
  }
  const tensors: ForeignTensor[] = []
  for (const { paths, weights } of manifestIn(bytes, fail)) {
    const shards = await Promise.all(paths.map((name) => readBytes(path.join(path.dirname(file), name))))
    const all = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0))
    let end = 0
    for (const shard of shards) {
      all.set(shard, end)
      end += shard.length
    }
    let begin = 0
    for (const weight of weights) {
      const length = sizeOf(weight.shape) * (widths.get(storedAs(weight)) ?? fail(`${weight.name} is stored as ${storedAs(weight)}`))
      if (begin + length > all.length) fail(`${weight.name} ends at byte ${begin + length} of ${paths.join(', ')}, which have ${all.length}`)
      tensors.push(tensorOf(weight, new DataView(all.buffer, begin, length)))
      begin += length
    }
    if (begin < all.length) fail(`${paths.join(', ')} have ${all.length} bytes, and the weights take ${begin}`)
  }
  return { format: 'tfjs', tensors, ordered: !areSorted(tensors.map(({ name }) => name.replace(/\/[^/]*$/, ''))), texts: {} }
}

/** The converter sorts layers by their names, which then says nothing of the order in which they were made; of the weights of each it keeps it. */
const areSorted = (layers: readonly string[]): boolean => layers.every((layer, i) => i === 0 || layers[i - 1]! <= layer)

interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number }
}

const storedAs = ({ dtype, quantization }: Weight): string => quantization?.dtype ?? dtype

/** Bytes for each number. */
const widths: ReadonlyMap<string, number> = new Map([['float32', 4], ['int32', 4], ['float16', 2], ['uint16', 2], ['uint8', 1], ['bool', 1]])

function tensorOf({ name, shape, dtype, quantization }: Weight, view: DataView): ForeignTensor {
  const { scale = 1, min = 0 } = quantization ?? {}
  const read = (width: number, at: (place: number) => number): Float32Array => Float32Array.from({ length: view.byteLength / width }, (_, i) => at(width * i))
  const values = (): Float32Array | undefined => {
    if (dtype !== 'float32') return undefined
    if (quantization?.dtype === 'float16') return read(2, (place) => fromFloat16(view.getUint16(place, true)))
    if (quantization?.dtype === 'uint16') return read(2, (place) => view.getUint16(place, true) * scale + min)
    if (quantization?.dtype === 'uint8') return read(1, (place) => view.getUint8(place) * scale + min)
    return quantization ? undefined : read(4, (place) => view.getFloat32(place, true))
  }
  return { name, dtype: quantization ? `${dtype} as ${quantization.dtype}` : dtype, shape, values }
}

interface Group {
  readonly paths: readonly string[]
  readonly weights: readonly Weight[]
}

function manifestIn(bytes: Uint8Array, fail: (reason: string) => never): readonly Group[] {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const manifest = isObject(json) ? json['weightsManifest'] : undefined
    return Array.isArray(manifest) && manifest.every(isGroup) ? manifest : fail('its weightsManifest does not list files and weights')
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return fail(`it is not JSON in UTF-8: ${error.message}`)
    throw error
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const isGroup = (value: unknown): value is Group =>
  isObject(value) && Array.isArray(value['paths']) && value['paths'].every((name) => typeof name === 'string') && Array.isArray(value['weights']) && value['weights'].every(isWeight)

function isWeight(value: unknown): value is Weight {
  if (!isObject(value)) return false
  const { name, shape, dtype, quantization } = value
  const isStored = quantization === undefined || (isObject(quantization) && typeof quantization['dtype'] === 'string' && [quantization['scale'], quantization['min']].every((one) => one === undefined || typeof one === 'number'))
  return typeof name === 'string' && typeof dtype === 'string' && Array.isArray(shape) && shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0) && isStored
}
