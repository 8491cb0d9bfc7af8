import { classRows } from './class-rows.ts'
import type { Loss } from './loss.ts'

/**
 * -Σ tₖ log softmax(x)ₖ for logits x and probabilities t, [batch, ..., classes], or labels [batch, ...] whose class has the
 * probability 1; as Σ tₖ · log Σ exp(x - max x) - Σ tₖ (xₖ - max x), which overflows for no logits.
 */
export const categoricalCrossEntropy: Loss = (tf, logits, targets) => {
  // whatever is subtracted, the loss is the same: as a constant it spares the calls of a gradient that is 0
  const constant = tf.tensor(logits.dataSync(), logits.shape, 'float32')
  // not tf.logSoftmax: what it saves for its gradient counts as a leak on wasm, and throws
  const shifted = tf.sub(logits, tf.max(constant, -1, true))
  const rows = classRows(tf, targets, logits)
  const whole = tf.log(tf.sum(tf.exp(shifted), -1))
  const weighed = targets.rank === logits.rank ? tf.mul(tf.sum(rows, -1), whole) : whole
  return tf.sub(weighed, tf.sum(tf.mul(rows, shifted), -1))
}
