import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Samples that are read a batch at a time. */
export interface Dataset {
  readonly size: number
  /** The samples at these positions, in this order. */
  readonly read: (positions: readonly number[]) => Promise<Batch>
}

/** Some samples, the batch first: inputs by name, and what the outputs that are trained should be, by theirs. */
export interface Batch {
  readonly inputs: Readonly<Record<string, TensorData>>
  /** Of each labels [batch, ...] (whole numbers from 0), or values [batch, ...shape of the output]. */
  readonly targets: Readonly<Record<string, TensorData>>
}
