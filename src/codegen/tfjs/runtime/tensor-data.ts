/** A tensor outside of any backend: its extents, and its values row by row. */
export interface TensorData {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, extent) => n * extent, 1)
