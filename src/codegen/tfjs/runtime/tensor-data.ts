/** A tensor outside of any backend: its extents, and its values row by row. */
export interface TensorData {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** As they are written: [2, 3], or [batch, H, 3]. */
export const shapeText = (shape: readonly (number | string)[]): string => `[${shape.join(', ')}]`

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, extent) => n * extent, 1)
