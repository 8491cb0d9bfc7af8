/** A plain array with a shape, row by row: what the references of the tests compute with, in double precision. */
export interface NdArray {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, extent) => n * extent, 1)

const offsetOf = (shape: readonly number[], index: readonly number[]): number =>
  index.reduce((offset, i, axis) => offset * shape[axis]! + i, 0)

/** The element at an index; 0 outside, as in zero padding. */
export function at(array: NdArray, ...index: readonly number[]): number {
  const inside = index.every((i, axis) => i >= 0 && i < array.shape[axis]!)
  return inside ? array.data[offsetOf(array.shape, index)]! : 0
}

/** The array whose element at each index is what the function says. */
export function fill(shape: readonly number[], value: (...index: readonly number[]) => number): NdArray {
  const data = new Float64Array(sizeOf(shape))
  const index = shape.map(() => 0)
  for (let i = 0; i < data.length; i++) {
    data[i] = value(...index)
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0
  }
  return { shape, data }
}

/** The sum of a function over 0..n-1 for each of the extents. */
export function total(extents: readonly number[], value: (...index: readonly number[]) => number): number {
  return fill(extents, value).data.reduce((sum, term) => sum + term, 0)
}
