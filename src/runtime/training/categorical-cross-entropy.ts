import type { Loss } from './loss.ts'
import { meanOfAll } from './mean-of-all.ts'
import { oneHot } from './one-hot.ts'

/**
 * -log softmax(x)ₗ for logits x [batch, ..., classes] and labels l [batch, ...], as log Σ exp(x - max x) - (xₗ - max x), which
 * overflows for no logits.
 */
export const categoricalCrossEntropy: Loss = (tf, logits, labels) => {
  // not tf.logSoftmax: what it saves for its gradient counts as a leak on wasm, and throws
  const shifted = tf.sub(logits, tf.max(logits, -1, true))
  const chosen = tf.sum(tf.mul(oneHot(tf, labels, logits.shape.at(-1)!), shifted), -1)
  return meanOfAll(tf, tf.sub(tf.log(tf.sum(tf.exp(shifted), -1)), chosen))
}
