import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'
import { summedTo } from './summed-to.ts'

/**
 * TensorFlow.js forgets, in the gradient of `maximum` and `minimum`, to sum over the axes along which an operand is repeated.
 * Equal operands get half of it each, which is the central difference and what PyTorch does.
 */
const extremeOfTwo = (tf: Tfjs, kernelName: string, wins: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): tf.GradConfig =>
  gradient(kernelName, ['a', 'b'], (dy, [a, b]) => {
    const share = (one: tf.Tensor, other: tf.Tensor): tf.Tensor => {
      const won = tf.add(tf.cast(wins(one, other), 'float32'), tf.mul(0.5, tf.cast(tf.equal(one, other), 'float32')))
      return summedTo(tf, tf.mul(dy, won), one.shape)
    }
    return { a: () => share(a, b), b: () => share(b, a) }
  })

export const maximumGradient = (tf: Tfjs): tf.GradConfig => extremeOfTwo(tf, tf.Maximum, (a, b) => tf.greater(a, b))

export const minimumGradient = (tf: Tfjs): tf.GradConfig => extremeOfTwo(tf, tf.Minimum, (a, b) => tf.less(a, b))
