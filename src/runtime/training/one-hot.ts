import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** Labels [batch, ...] as rows [batch, ..., classes] of zeros with a one at the label; one that is no class gives zeros only. */
export const oneHot = (tf: Tfjs, labels: Tensor, classes: number): Tensor =>
  tf.cast(tf.equal(tf.expandDims(labels, -1), tf.range(0, classes)), 'float32')
