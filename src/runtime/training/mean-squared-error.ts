import type { Scalar } from '@tensorflow/tfjs'
import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'

/** The mean of (y - t)², for an output y and targets t of the same shape. */
export const meanSquaredError: Loss = (tf, output, targets) =>
  tf.mean<Scalar>(tf.square(tf.sub(likeTargets(tf, output, targets), targets)))
