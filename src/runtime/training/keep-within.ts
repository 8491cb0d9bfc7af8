import type { Tensor, TensorLike } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * The weights with every element moved to the nearest point of its closed interval (`within` of a weight). NaN stays NaN:
 * `tf.clipByValue` makes the lower bound of it on wasm, which would hide a training that has diverged.
 */
export const keepWithin = (tf: Tfjs, weights: Tensor, [low, high]: readonly [Tensor | TensorLike, Tensor | TensorLike]): Tensor =>
  tf.minimum(tf.maximum(weights, low), high)
