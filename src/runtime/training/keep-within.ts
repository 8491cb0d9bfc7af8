import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * The weight with every element moved to the nearest point of the closed interval (`within` of a weight). NaN stays NaN:
 * `tf.clipByValue` makes the lower bound of it on wasm, which would hide a training that has diverged.
 */
export const keepWithin = (tf: Tfjs, weight: Tensor, [low, high]: readonly [number, number]): Tensor =>
  tf.minimum(tf.maximum(weight, low), high)
