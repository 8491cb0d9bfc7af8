import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'

/** (y - t)² for an output y and targets t of the same shape. */
export const meanSquaredError: Loss = (tf, output, targets) =>
  tf.square(tf.sub(likeTargets(tf, output, targets), targets))
