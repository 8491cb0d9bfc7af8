import { problem, type Problem } from '../failure/failure.ts'
import { repeatedKeys } from './repeated-keys.ts'
import { sizeOf } from '../numbers/tensor-data.ts'
import { ownProperty } from '../../compiler/text/own-property.ts'

interface PlacedTensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  /** Counted in bytes from where the values begin. */
  readonly begin: number
  readonly end: number
}

interface SafetensorsHeader {
  /** Where the values begin. */
  readonly start: number
  readonly tensors: readonly PlacedTensor[]
  /** Free texts, as `writeSafetensors` put them there. */
  readonly metadata: Readonly<Record<string, string>>
  /** `weights/malformed`, one for everything that is wrong. */
  readonly problems: readonly Problem[]
}

/**
 * The header of a safetensors file (8 bytes: the length of the header; a JSON header; the values, little-endian). Checks what
 * the specification at github.com/huggingface/safetensors demands and what its reference implementation bounds.
 */
export function readSafetensorsHeader(bytes: Uint8Array, file: string): SafetensorsHeader {
  const problems: Problem[] = []
  const malformed = (reason: string): void => void problems.push(problem('weights/malformed', { reason }, { file }))
  const { start, entries, metadata } = readEntries(bytes, malformed) ?? { start: 0, entries: [], metadata: {} }
  const available = bytes.byteLength - start
  const places = entries.map(([name, entry]) => placeOf(name, entry, available, malformed))
  const tensors = places.filter((place) => place !== undefined)
  // a tensor whose place is wrong would make its neighbours look wrong too
  if (problems.length === 0) checkCoverage(tensors, available, malformed)
  return { start, tensors, metadata, problems }
}

/** Bytes per element, of the types the format has. */
const widths: Readonly<Record<string, number>> = {
  BOOL: 1, U8: 1, I8: 1, F8_E4M3: 1, F8_E5M2: 1, I16: 2, U16: 2, F16: 2, BF16: 2, I32: 4, U32: 4, F32: 4, I64: 8, U64: 8, F64: 8,
}

/** The limit of the format's reference implementation. */
const largestHeader = 100_000_000

interface Entries {
  readonly start: number
  readonly entries: readonly (readonly [name: string, entry: unknown])[]
  readonly metadata: Readonly<Record<string, string>>
}

function readEntries(bytes: Uint8Array, malformed: (reason: string) => void): Entries | undefined {
  if (bytes.byteLength < 8) return void malformed(`it has ${bytes.byteLength} bytes, and the length of the header alone takes 8`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  if (length > BigInt(largestHeader))
    return void malformed(`its first 8 bytes announce a header of ${length} bytes, more than any has`)
  const start = 8 + Number(length)
  if (start > bytes.byteLength) return void malformed(`it ends at byte ${bytes.byteLength}, within its header of ${length} bytes`)
  if (bytes[8] !== 0x7b) return void malformed('its header does not begin with {')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start))
    const header: unknown = JSON.parse(text)
    for (const name of repeatedKeys(text)) malformed(`${quote(name)} occurs twice in the header`)
    const { __metadata__: metadata = {}, ...tensors } = isObject(header) ? header : {}
    if (isTexts(metadata)) return { start, entries: Object.entries(tensors), metadata }
    malformed('__metadata__ is not an object of texts')
    return { start, entries: Object.entries(tensors), metadata: {} }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    return void malformed(`its header is not JSON in UTF-8: ${error.message}`)
  }
}

function placeOf(name: string, entry: unknown, available: number, malformed: (reason: string) => void): PlacedTensor | undefined {
  const wrong = (reason: string): undefined => void malformed(`${quote(name)}: ${reason}`)
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {}
  if (typeof dtype !== 'string') return wrong('it has no dtype')
  const width = ownProperty(widths, dtype)
  if (width === undefined) return wrong(`${quote(dtype)} is not a dtype of the format`)
  if (!isCounts(shape)) return wrong('its shape is not a list of extents')
  if (!isCounts(offsets) || offsets.length !== 2) return wrong('its data_offsets are not two positions')
  const [begin, end] = [offsets[0]!, offsets[1]!]
  if (end < begin) return wrong(`its data_offsets [${begin}, ${end}] run backwards`)
  if (end > available) return wrong(`it ends at byte ${end} of the values, of which the file has ${available}`)
  const needed = sizeOf(shape) * width
  if (end - begin !== needed) {
    return wrong(`[${shape.join(', ')}] of ${dtype} takes ${needed} bytes, its data_offsets give ${end - begin}`)
  }
  return { name, dtype, shape, begin, end }
}

/** The format wants every byte of the values to belong to exactly one tensor. */
function checkCoverage(placed: readonly PlacedTensor[], available: number, malformed: (reason: string) => void): void {
  let covered = 0
  let last = ''
  for (const { name, begin, end } of [...placed].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < covered) {
      malformed(`${quote(name)} begins at byte ${begin} of the values, where ${quote(last)} still goes on to ${covered}`)
    }
    if (begin > covered) malformed(`bytes ${covered} to ${begin} of the values, before ${quote(name)}, belong to no tensor`)
    if (end > covered) [covered, last] = [end, name]
  }
  if (available > covered) malformed(`bytes ${covered} to ${available} of the values, at the end, belong to no tensor`)
}

const quote = (text: string): string => JSON.stringify(text)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((item) => typeof item === 'string')

const isCounts = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
