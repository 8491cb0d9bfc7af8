import { fromBfloat16, fromFloat16 } from './half.ts'
import { shapeText, sizeOf, type TensorData } from './tensor-data.ts'

export interface PlacedTensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  /** Counted in bytes from where the values begin. */
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  /** Where the values begin. */
  readonly start: number
  /** Those that the file has to their end. */
  readonly tensors: readonly PlacedTensor[]
  /** Free texts, as `writeSafetensors` put them there. */
  readonly metadata: Readonly<Record<string, string>>
  /** A sentence for everything that is wrong. */
  readonly faults: readonly string[]
}

/**
 * The header of a safetensors file (8 bytes: the length of the header; a JSON header; the values, little-endian), as the
 * specification at github.com/huggingface/safetensors has it.
 */
export function readSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const faults: string[] = []
  const { start, entries, metadata } = readEntries(bytes, faults)
  const tensors: PlacedTensor[] = []
  for (const [name, entry] of entries) {
    const place = placeOf(name, entry)
    if (typeof place === 'string') faults.push(`${JSON.stringify(name)}: ${place}`)
    else tensors.push(place)
  }
  const found = bytes.byteLength - start
  const announced = tensors.reduce((most, { end }) => Math.max(most, end), 0)
  if (announced > found) {
    faults.unshift(
      `it is cut off: it has ${String(found)} bytes of values, and its header announces ${String(announced)}`,
    )
  }
  return { start, tensors: tensors.filter(({ end }) => end <= found), metadata, faults }
}

/** Bytes per element, of the types the format has. */
const widths = new Map<string, number>([
  ...['BOOL', 'U8', 'I8', 'F8_E4M3', 'F8_E5M2'].map((dtype) => [dtype, 1] as const),
  ...['I16', 'U16', 'F16', 'BF16'].map((dtype) => [dtype, 2] as const),
  ...['I32', 'U32', 'F32'].map((dtype) => [dtype, 4] as const),
  ...['I64', 'U64', 'F64'].map((dtype) => [dtype, 8] as const),
])

/** The limit of the format's reference implementation. */
const largestHeader = 100_000_000

type Entries = Pick<SafetensorsHeader, 'start' | 'metadata'> & {
  readonly entries: readonly (readonly [name: string, entry: unknown])[]
}

function readEntries(bytes: Uint8Array, faults: string[]): Entries {
  const fail = (fault: string): Entries => {
    faults.push(fault)
    return { start: 0, entries: [], metadata: {} }
  }
  const size = String(bytes.byteLength)
  if (bytes.byteLength < 8) return fail(`it has ${size} bytes, and the length of the header alone takes 8`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  if (length > BigInt(largestHeader)) {
    return fail(`its first 8 bytes announce a header of ${String(length)} bytes, more than any has`)
  }
  const start = 8 + Number(length)
  if (start > bytes.byteLength) return fail(`it ends at byte ${size}, within its header of ${String(length)} bytes`)
  if (bytes[8] !== 0x7b) return fail('its header does not begin with {')
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)))
    const { __metadata__: metadata = {}, ...tensors } = isObject(header) ? header : {}
    const entries = Object.entries(tensors)
    if (isTexts(metadata)) return { start, entries, metadata }
    faults.push('__metadata__ is not an object of texts')
    return { start, entries, metadata: {} }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    return fail(`its header is not JSON in UTF-8: ${error.message}`)
  }
}

/** Where a tensor is, or what is wrong with its entry. */
function placeOf(name: string, entry: unknown): PlacedTensor | string {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {}
  if (typeof dtype !== 'string') return 'it has no dtype'
  const width = widths.get(dtype)
  if (width === undefined) return `${JSON.stringify(dtype)} is not a dtype of the format`
  if (!isCounts(shape)) return 'its shape is not a list of extents'
  const [begin, end, ...more] = isCounts(offsets) ? offsets : []
  if (begin === undefined || end === undefined || more.length > 0) {
    return 'its data_offsets are not two positions'
  }
  if (end < begin) return `its data_offsets ${shapeText([begin, end])} run backwards`
  const [needed, taken] = [sizeOf(shape) * width, end - begin]
  if (taken !== needed) {
    return `${shapeText(shape)} of ${dtype} takes ${String(needed)} bytes, its data_offsets give ${String(taken)}`
  }
  return { name, dtype, shape, begin, end }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((item) => typeof item === 'string')

const isCounts = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)

/** The values of a tensor, row by row; undefined where they are not F32, F16 or BF16. */
export function readValues(bytes: Uint8Array, start: number, tensor: PlacedTensor): Float32Array | undefined {
  const values = new Float32Array(sizeOf(tensor.shape))
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + tensor.begin, tensor.end - tensor.begin)
  // a loop each: one that calls a function for each value is slow
  switch (tensor.dtype) {
    case 'F32':
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true)
      return values
    case 'F16':
      for (let i = 0; i < values.length; i++) values[i] = fromFloat16(view.getUint16(2 * i, true))
      return values
    case 'BF16':
      for (let i = 0; i < values.length; i++) values[i] = fromBfloat16(view.getUint16(2 * i, true))
      return values
    default:
      return undefined
  }
}

/**
 * A safetensors file of F32 tensors, in the order of their names: the same tensors give the same bytes.
 *
 * @param metadata free texts, kept in the header
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorData>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
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
    for (let i = 0; i < values.length; i++) view.setFloat32(at + 4 * i, Number(values[i]), true)
    at += 4 * values.length
  }
  return bytes
}
