import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'
import { summedTo } from './summed-to.ts'

/**
 * TensorFlow.js forgets, in the gradient of a product of matrices, to sum over the samples that share one of them. The transposes
 * are calls of their own: WebAssembly's product of a transposed matrix is ten times as slow.
 */
export const batchMatMulGradient = (tf: Tfjs): tf.GradConfig =>
  gradient(tf.BatchMatMul, ['a', 'b'], (dy, [a, b], attrs) => {
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs
    const left = (): tf.Tensor => tf.matMul(dy, transposeB ? b : transposed(tf, b))
    const right = (): tf.Tensor => tf.matMul(transposeA ? a : transposed(tf, a), dy)
    return {
      a: () => summedTo(tf, transposeA ? transposed(tf, left()) : left(), a.shape),
      b: () => summedTo(tf, transposeB ? transposed(tf, right()) : right(), b.shape),
    }
  })

/** Rows and columns exchanged. */
function transposed(tf: Tfjs, matrices: tf.Tensor): tf.Tensor {
  const axes = matrices.shape.map((_, axis) => axis)
  return tf.transpose(matrices, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}
