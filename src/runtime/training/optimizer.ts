import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** One weight before an update, with what the update reads. */
interface UpdateState {
  readonly weight: Tensor
  /** The shape of the weight. */
  readonly gradient: Tensor
  /** In the order of the optimiser's `slots`, each of the shape of the weight; zeros before step 1. */
  readonly slots: readonly Tensor[]
  /** The learning rate of this step. */
  readonly rate: number
  /** From 1. */
  readonly step: number
}

/**
 * One rule for making a weight better, as data: all it remembers stands in the slots and in the number of the step, so a run that
 * is resumed from them goes on bit for bit.
 */
export interface Optimizer {
  /** The names of what it remembers for each weight. */
  readonly slots: readonly string[]
  /** New tensors for the weight and its slots. Disposes nothing: intermediates are left to the caller's `tf.tidy`. */
  readonly update: (tf: Tfjs, state: UpdateState) => { readonly weight: Tensor; readonly slots: readonly Tensor[] }
}
