/**
 * An element of an array, or of an object whose keys are numbers.
 *
 * @throws RangeError when there is none
 */
export function at<T>(list: readonly T[], index: number): T
export function at<L extends object>(list: L, index: number): Exclude<L[keyof L & number], undefined>
export function at(list: object, index: number): unknown {
  const found: unknown = Reflect.get(list, index)
  if (found !== undefined) return found
  throw new RangeError(`there is no element ${String(index)}, only ${Object.keys(list).join(', ') || 'an empty list'}`)
}

/** The whole numbers from 0, or from the first number, up to the last and without it. */
export function range(first: number, last?: number): readonly number[] {
  const [begin, end] = last === undefined ? [0, first] : [first, last]
  return Array.from({ length: Math.max(0, end - begin) }, (_, i) => begin + i)
}

/** A weight that not all calls of a block have, where it has to be there. @throws RangeError where it is not */
export function given<T>(weight: T | undefined): T {
  if (weight === undefined) throw new RangeError('a weight is missing that the block reads here')
  return weight
}

/** What was given in place of something else: 5, a, null, DataView. */
export const kindOf = (value: unknown): string => (value instanceof Object ? value.constructor.name : String(value))

/** The numbers of a base64 text: float32, little endian. */
export function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}
