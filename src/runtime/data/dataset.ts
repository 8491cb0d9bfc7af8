import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Samples that are read a batch at a time. */
export interface Dataset {
  readonly size: number
  /** The names of the classes, in the order of their labels, where the data has names. */
  readonly classes?: readonly string[]
  /** The samples at these positions, in this order. */
  readonly read: (positions: readonly number[]) => Promise<Batch>
}

/** Some samples, the batch first: inputs by name, and what the model should answer. */
export interface Batch {
  readonly inputs: Readonly<Record<string, TensorData>>
  /** Labels [batch] (whole numbers from 0), or values [batch, ...shape of the output]. */
  readonly targets: TensorData
}
