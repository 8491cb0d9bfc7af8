import { classRows } from './class-rows.ts'
import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'
import { logarithm } from './logarithm.ts'

/** -Σ tₖ log pₖ for probabilities p, [batch, ..., classes], and targets as those of the categorical cross-entropy. */
export const negativeLogLikelihood: Loss = (tf, probabilities, targets) =>
  tf.neg(tf.sum(tf.mul(classRows(tf, targets, probabilities), logarithm(tf, probabilities)), -1))

/** -t log p - (1 - t) log(1 - p) for probabilities p and targets t in [0, 1] of the same shape. */
export const binaryNegativeLogLikelihood: Loss = (tf, probabilities, targets) => {
  const p = likeTargets(tf, probabilities, targets)
  const ofOnes = tf.mul(targets, logarithm(tf, p))
  const ofZeros = tf.mul(tf.sub(1, targets), logarithm(tf, tf.sub(1, p)))
  return tf.neg(tf.add(ofOnes, ofZeros))
}
