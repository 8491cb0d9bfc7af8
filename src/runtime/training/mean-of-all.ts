import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * The mean of all elements of [batch, ...], sample by sample first: one sum over 400,000 elements loses 5 digits on the wasm
 * backend.
 */
export const meanOfAll = (tf: Tfjs, elements: Tensor): Scalar =>
  tf.mean<Scalar>(elements.rank === 1 ? elements : tf.mean(tf.reshape(elements, [elements.shape[0]!, -1]), 1))

/** The sum of all elements of [batch, ...], sample by sample first as well. */
export const sumOfAll = (tf: Tfjs, elements: Tensor): Scalar =>
  tf.sum<Scalar>(elements.rank === 1 ? elements : tf.sum(tf.reshape(elements, [elements.shape[0]!, -1]), 1))
