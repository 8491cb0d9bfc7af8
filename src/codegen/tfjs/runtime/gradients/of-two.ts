import type * as tf from '@tensorflow/tfjs-core'
import { summedTo } from './summed-to.ts'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/** da and db of y = f(a, b), in the shape of y. */
interface Slopes {
  readonly a: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor
  readonly b: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor
}

const slopes = (tf: Tfjs): Readonly<Record<string, Slopes>> => ({
  [tf.Add]: { a: (dy) => dy, b: (dy) => dy },
  [tf.Sub]: { a: (dy) => dy, b: (dy) => tf.neg(dy) },
  [tf.Multiply]: {
    a: (dy, _, b) => tf.mul(dy, numbers(tf, b)),
    b: (dy, a) => tf.mul(dy, numbers(tf, a)),
  },
  [tf.RealDiv]: {
    a: (dy, _, b) => tf.div(dy, b),
    b: (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  },
  [tf.Pow]: {
    a: (dy, a, b) => tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))),
    // a logarithm only of what has one
    b: (dy, a, b) => {
      const positive = tf.greater(a, 0)
      const logarithm = tf.log(tf.where(positive, a, tf.onesLike(a)))
      return tf.mul(dy, tf.mul(tf.pow(a, b), logarithm))
    },
  },
})

/** A cast to what it is already is a call like others. */
const numbers = (tf: Tfjs, tensor: tf.Tensor): tf.Tensor =>
  tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32')

const gradientOfTwo = (tf: Tfjs, kernelName: string, slope: Slopes): tf.GradConfig =>
  gradient(kernelName, ['a', 'b'], (dy, [a, b]) => ({
    a: () => summedTo(tf, slope.a(dy, a, b), a.shape),
    b: () => summedTo(tf, slope.b(dy, a, b), b.shape),
  }))

/** Of ops on two tensors, which are repeated where their shapes differ. */
export const gradientsOfTwo = (tf: Tfjs): readonly tf.GradConfig[] =>
  Object.entries(slopes(tf)).map(([kernelName, slope]) => gradientOfTwo(tf, kernelName, slope))

/** TensorFlow.js forgets to sum over the axes along which an operand is repeated. */
export const squaredDifferenceGradient = (tf: Tfjs): tf.GradConfig =>
  gradientOfTwo(tf, tf.SquaredDifference, {
    a: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    b: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  })
