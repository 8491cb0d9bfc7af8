import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/**
 * The gradient of a tensor of this shape that was stretched to the gradient's: the sum over the axes along which it was repeated. It is
 * a tensor of its own: TensorFlow.js disposes of a gradient when it adds another to it.
 */
export function summedTo(tf: Tfjs, gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape)
  const sum = axes.length === 0 ? tf.clone(gradient) : tf.sum(gradient, axes)
  return tf.util.arraysEqual(sum.shape, [...shape]) ? sum : tf.reshape(sum, [...shape])
}
