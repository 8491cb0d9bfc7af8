/** A tensor as another program has written it. */
export interface ForeignTensor {
  readonly name: string
  /** The layer it belongs to, where its name does not say that as its user does. */
  readonly layer?: string
  readonly dtype: string
  readonly shape: readonly number[]
  /** Row by row; undefined where its numbers are no floating-point numbers that are read. */
  readonly values: () => Float32Array | undefined
}

/** What is in a file of another program. */
export interface ForeignFile {
  readonly format: 'safetensors' | 'npz' | 'hdf5' | 'tfjs'
  readonly tensors: readonly ForeignTensor[]
  /** Whether they stand in the order in which they were made, and not sorted by their names. */
  readonly ordered: boolean
  /** What it says of itself. */
  readonly texts: Readonly<Record<string, string>>
}
