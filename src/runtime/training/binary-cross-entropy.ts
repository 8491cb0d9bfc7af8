import { absolute } from './absolute.ts'
import { likeTargets } from './like-targets.ts'
import type { Loss } from './loss.ts'

/**
 * -t log σ(x) - (1 - t) log(1 - σ(x)) for logits x and targets t in [0, 1] of the same shape, as
 * max(x, 0) - xt + log(1 + exp(-|x|)), which overflows for no logits.
 */
export const binaryCrossEntropy: Loss = (tf, logits, targets) => {
  const x = likeTargets(tf, logits, targets)
  const size = absolute(tf, x)
  // (x + |x|) / 2 is max(x, 0) with the gradient 1/2 at 0, where the logits of a network with fresh zeros are
  const positive = tf.mul(tf.add(x, size), 0.5)
  return tf.add(tf.sub(positive, tf.mul(x, targets)), tf.log1p(tf.exp(tf.neg(size))))
}
