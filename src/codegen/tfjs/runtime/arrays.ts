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
  throw new RangeError(`there is no element ${index}, only ${Object.keys(list).join(', ') || 'an empty list'}`)
}

/** The whole numbers from 0, or from the first number, up to the last and without it. */
export function range(end: number): readonly number[]
export function range(begin: number, end: number): readonly number[]
export function range(first: number, last?: number): readonly number[] {
  const [begin, end] = last === undefined ? [0, first] : [first, last]
  return Array.from({ length: Math.max(0, end - begin) }, (_, i) => begin + i)
}
