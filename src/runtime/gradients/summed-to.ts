import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * The gradient of a tensor of this shape that was stretched to the gradient's: the sum over the axes along which it was repeated.
 */
export function summedTo(tf: Tfjs, gradient: Tensor, shape: readonly number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape)
  return axes.length === 0 ? gradient : tf.reshape(tf.sum(gradient, axes), [...shape])
}
