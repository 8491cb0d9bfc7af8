import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { oneHot } from './one-hot.ts'

/** Targets of several classes as rows [batch, ..., classes] of probabilities: they are that, or labels [batch, ...]. */
export const classRows = (tf: Tfjs, targets: Tensor, output: Tensor): Tensor =>
  targets.rank === output.rank ? targets : oneHot(tf, targets, output.shape.at(-1)!)

/** Targets of several classes as labels; of probabilities the largest, the first of equal ones. */
export const classLabels = (tf: Tfjs, targets: Tensor, output: Tensor): Tensor =>
  targets.rank === output.rank ? tf.cast(tf.argMax(targets, -1), 'float32') : targets
