import { Failure, problem } from '../failure/failure.ts'
import { fromFloat16 } from '../../codegen/tfjs/runtime/half.ts'
import { parseNpyHeader } from './npy-header.ts'
import { readTexts, textType } from './npy-texts.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

interface ElementType {
  readonly width: number
  /** Fills the values. A loop each: one loop that calls a function per value is slow. */
  readonly read: (view: DataView, values: Float32Array, little: boolean) => void
}

/** By NumPy's code without the byte order. */
const elementTypes: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ['f2', {
    width: 2,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = fromFloat16(view.getUint16(2 * i, little))
    },
  }],
  ['f4', {
    width: 4,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, little)
    },
  }],
  ['f8', {
    width: 8,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i, little)
    },
  }],
  ['i1', {
    width: 1,
    read: (view, values) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getInt8(i)
    },
  }],
  ['i2', {
    width: 2,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getInt16(2 * i, little)
    },
  }],
  ['i4', {
    width: 4,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getInt32(4 * i, little)
    },
  }],
  ['i8', {
    width: 8,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = Number(view.getBigInt64(8 * i, little))
    },
  }],
  ['u1', {
    width: 1,
    read: (view, values) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getUint8(i)
    },
  }],
  ['u2', {
    width: 2,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getUint16(2 * i, little)
    },
  }],
  ['u4', {
    width: 4,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getUint32(4 * i, little)
    },
  }],
  ['u8', {
    width: 8,
    read: (view, values, little) => {
      for (let i = 0; i < values.length; i++) values[i] = Number(view.getBigUint64(8 * i, little))
    },
  }],
  ['b1', {
    width: 1,
    read: (view, values) => {
      for (let i = 0; i < values.length; i++) values[i] = view.getUint8(i) === 0 ? 0 : 1
    },
  }],
])

/** \x93NUMPY */
const signature = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const

/** An array of texts, row by row. */
export interface TextData {
  readonly shape: readonly number[]
  readonly texts: readonly string[]
}

/**
 * The array in a .npy file (NumPy Enhancement Proposal 1, versions 1 to 3) of floats, integers or bool in either byte order,
 * as 32-bit floats row by row; values that these cannot hold are rounded to the nearest.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `input/npy`, `input/dtype`
 */
export function readNpy(bytes: Uint8Array, file: string): TensorData {
  const stored = storedArray(bytes, file)
  const element = elementTypes.get(stored.descr.slice(1))
  if (!element || !'<>|'.includes(stored.descr[0]!)) throw new Failure([problem('input/dtype', { dtype: stored.descr }, { file })])
  return numbersOf(stored, element)
}

/** As readNpy, where texts (NumPy's U and S) are read too. */
export function readNpyOrTexts(bytes: Uint8Array, file: string): TensorData | TextData {
  const stored = storedArray(bytes, file)
  if (stored.descr === '|O') throw new Failure([problem('input/dtype', { dtype: '|O' }, { file, notes: [ofObjects] })])
  const type = textType(stored.descr)
  if (!type) return readNpy(bytes, file)
  const content = contentOf(stored, type.width)
  try {
    const texts = readTexts(content, sizeOf(stored.shape), type)
    return { shape: stored.shape, texts: stored.fortranOrder ? rowByRow(texts, [], stored.shape) : texts }
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return stored.fail('its texts have bytes that are no characters')
    throw error
  }
}

/** What pandas gives for a column of texts. */
const ofObjects = 'array.astype(str) makes texts of objects, array.astype("float32") numbers'

interface StoredArray extends ReturnType<typeof parseNpyHeader> {
  /** What follows the header. */
  readonly bytes: Uint8Array
  /** Where it begins in the file. */
  readonly start: number
  readonly fail: (reason: string) => never
}

function storedArray(bytes: Uint8Array, file: string): StoredArray {
  const fail = (reason: string): never => {
    throw new Failure([problem('input/npy', { reason }, { file })])
  }
  const { text, start } = headerText(bytes, fail)
  return { ...parsed(text, fail), bytes: bytes.subarray(start), start, fail }
}

/** The elements, of which there are as many as the shape says. */
function contentOf({ bytes, shape, descr, start, fail }: StoredArray, width: number): Uint8Array {
  const needed = sizeOf(shape) * width
  if (bytes.byteLength === needed) return bytes
  const takes = `[${shape.join(', ')}] of ${descr} takes ${needed} bytes`
  return fail(`${takes}, and after the header, from byte ${start} on, there are ${bytes.byteLength}`)
}

function numbersOf(stored: StoredArray, { width, read }: ElementType): TensorData {
  const { shape, descr, fortranOrder } = stored
  const content = contentOf(stored, width)
  const values = new Float32Array(sizeOf(shape))
  read(new DataView(content.buffer, content.byteOffset, content.byteLength), values, descr[0] !== '>')
  return { shape, values: fortranOrder ? rowByRow(values, new Float32Array(values.length), shape) : values }
}

/** The type and the extents of the array in a .npy file. @throws Failure `input/npy` */
export const readNpyHeader = (bytes: Uint8Array, file: string): Pick<StoredArray, 'descr' | 'shape'> => storedArray(bytes, file)

function headerText(bytes: Uint8Array, fail: (reason: string) => never): { readonly text: string; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (signature.some((byte, i) => bytes[i] !== byte)) fail('it does not begin with the signature \\x93NUMPY')
  const version = bytes[6] ?? fail('it ends at byte 6, before its version')
  if (version < 1 || version > 3) fail(`its format has version ${version}, and the versions are 1, 2 and 3`)
  const start = version === 1 ? 10 : 12
  if (bytes.byteLength < start) fail(`it ends at byte ${bytes.byteLength}, before the length of its header`)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (start + length > bytes.byteLength) fail(`it ends at byte ${bytes.byteLength}, within its header of ${length} bytes`)
  // versions 1 and 2 are Latin-1, but only the field names of structured types, which are refused, are more than ASCII
  return { text: new TextDecoder().decode(bytes.subarray(start, start + length)), start: start + length }
}

function parsed(text: string, fail: (reason: string) => never): ReturnType<typeof parseNpyHeader> {
  try {
    return parseNpyHeader(text)
  } catch (error) {
    if (error instanceof SyntaxError) return fail(error.message)
    throw error
  }
}

/** The elements of an array that was stored with its first axis the fastest, with its last axis the fastest. */
function rowByRow<T extends Float32Array | string[]>(stored: T, result: T, shape: readonly number[]): T {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)))
  const index = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < stored.length; to++) {
    result[to] = stored[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return result
}

/** A .npy file (version 1, `<f4`, row by row). */
export function writeNpy({ shape, values }: TensorData): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  // NumPy wants a line break at the end and the values at a multiple of 64
  const start = Math.ceil((10 + literal.length + 1) / 64) * 64
  const bytes = new Uint8Array(start + 4 * values.length)
  const view = new DataView(bytes.buffer)
  bytes.set([...signature, 1, 0])
  view.setUint16(8, start - 10, true)
  bytes.set(new TextEncoder().encode(`${literal.padEnd(start - 11)}\n`), 10)
  for (let i = 0; i < values.length; i++) view.setFloat32(start + 4 * i, values[i]!, true)
  return bytes
}
