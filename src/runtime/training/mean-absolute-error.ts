import { absolute } from './absolute.ts'
import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'

/** |y - t| for an output y and targets t of the same shape; its gradient is 0 where they are equal. */
export const meanAbsoluteError: Loss = (tf, output, targets) =>
  absolute(tf, tf.sub(likeTargets(tf, output, targets), targets))
