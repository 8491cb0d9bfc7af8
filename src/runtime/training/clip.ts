import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

interface Clipped {
  /** The gradients times min(1, limit / norm), in their order. */
  readonly gradients: readonly Tensor[]
  /** √(Σ g²) over all elements of all gradients, before clipping; NaN when an element is not finite. */
  readonly norm: Scalar
}

/**
 * Shortens all gradients together to a global norm of at most `limit` (above 0), which keeps their direction (Pascanu et al.
 * 2013, "On the difficulty of training recurrent neural networks", algorithm 1). Leaves its intermediates to the caller's
 * `tf.tidy`.
 */
export function clipByGlobalNorm(tf: Tfjs, gradients: readonly Tensor[], limit: number): Clipped {
  const norm = globalNorm(tf, gradients)
  const factor = tf.minimum(tf.div(limit, norm), 1)
  return { gradients: gradients.map((gradient) => tf.mul(gradient, factor)), norm }
}

/** Divided by the largest magnitude, so that squares do not overflow on exploding gradients: they are what clipping is for. */
function globalNorm(tf: Tfjs, gradients: readonly Tensor[]): Scalar {
  // the 1e-30 is for gradients that are all zero
  const largest = gradients.reduce<Tensor>((most, gradient) => tf.maximum(most, tf.max(tf.abs(gradient))), tf.scalar(1e-30))
  const squares = gradients.map((gradient) => tf.sum(tf.square(tf.div(gradient, largest))))
  return tf.mul<Scalar>(largest, tf.sqrt(tf.addN(squares)))
}
