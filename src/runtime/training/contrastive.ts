import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'

/**
 * (1 - t) d² / 2 + t max(0, 1 - d)² / 2 for distances d and targets t of the same shape: 0 for a pair that is alike, 1 for one that is not. R. Hadsell,
 * S. Chopra and Y. LeCun, "Dimensionality reduction by learning an invariant mapping", CVPR 2006, equation 4, with the margin 1: the scale
 * of distances is learned.
 */
export const contrastive: Loss = (tf, distances, targets) => {
  const d = likeTargets(tf, distances, targets)
  const alike = tf.mul(tf.sub(1, targets), tf.square(d))
  const apart = tf.mul(targets, tf.square(tf.relu(tf.sub(1, d))))
  return tf.mul(tf.add(alike, apart), 0.5)
}

/** The distance from which on a pair is read as different: half of the margin. */
export const contrastiveThreshold = 0.5
