/** A map [height, width, channels], row by row. */
export interface SampleMap {
  readonly shape: readonly [number, number, number]
  readonly values: Float32Array
}
