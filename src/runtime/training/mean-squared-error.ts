import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'
import { meanOfAll } from './mean-of-all.ts'

/** The mean of (y - t)², for an output y and targets t of the same shape. */
export const meanSquaredError: Loss = (tf, output, targets) =>
  meanOfAll(tf, tf.square(tf.sub(likeTargets(tf, output, targets), targets)))
