import { failIfAny, problem } from '../failure/failure.ts'
import { fromBfloat16, fromFloat16 } from '../numbers/half.ts'
import { readSafetensorsHeader } from './safetensors-header.ts'
import { sizeOf, type TensorData } from '../numbers/tensor-data.ts'

/** Reads as many values as the result has, from a position on. A loop each: one loop that calls a function per value is slow. */
type ElementReader = (view: DataView, start: number, values: Float32Array) => void

const readers: ReadonlyMap<string, ElementReader> = new Map<string, ElementReader>([
  ['F32', (view, start, values) => {
    for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(start + 4 * i, true)
  }],
  ['F16', (view, start, values) => {
    for (let i = 0; i < values.length; i++) values[i] = fromFloat16(view.getUint16(start + 2 * i, true))
  }],
  ['BF16', (view, start, values) => {
    for (let i = 0; i < values.length; i++) values[i] = fromBfloat16(view.getUint16(start + 2 * i, true))
  }],
])

/**
 * The tensors of a safetensors file, of which F32, F16 and BF16 are read.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `weights/malformed`, `weights/dtype`: everything wrong with the file at once
 */
export function readSafetensors(bytes: Uint8Array, file: string): ReadonlyMap<string, TensorData> {
  const { start, tensors, problems } = readSafetensorsHeader(bytes, file)
  const refused = tensors.filter(({ dtype }) => !readers.has(dtype))
  failIfAny([...problems, ...refused.map(({ name, dtype }) => problem('weights/dtype', { weight: name, dtype }, { file }))])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new Map(
    tensors.map(({ name, dtype, shape, begin }) => {
      const values = new Float32Array(sizeOf(shape))
      readers.get(dtype)!(view, start + begin, values)
      return [name, { shape, values }]
    }),
  )
}

/** The free texts of a safetensors file; nothing of a file that is malformed, which `readSafetensors` reports. */
export const readSafetensorsMetadata = (bytes: Uint8Array, file: string): Readonly<Record<string, string>> =>
  readSafetensorsHeader(bytes, file).metadata

/**
 * A safetensors file of F32 tensors, in the order of their names: the same tensors give the same bytes.
 *
 * @param metadata free texts, kept in the header
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorData>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))
  let end = 0
  const entries = sorted.map(([name, { shape, values }]) => {
    const begin = end
    end += 4 * values.length
    return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }] as const
  })
  const described = Object.keys(metadata).length > 0 ? [['__metadata__', metadata] as const] : []
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...described, ...entries])))
  const length = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(8 + length + end)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(length), true)
  bytes.fill(0x20, 8, 8 + length)
  bytes.set(text, 8)
  let at = 8 + length
  for (const [, { values }] of sorted) {
    for (let i = 0; i < values.length; i++) view.setFloat32(at + 4 * i, values[i]!, true)
    at += 4 * values.length
  }
  return bytes
}
