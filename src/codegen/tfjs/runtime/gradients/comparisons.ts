import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

const comparisons = ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'] as const

/**
 * TensorFlow.js throws where a value went through a comparison; a comparison is constant between its jumps, so its gradient is 0.
 */
export const comparisonGradients = comparisons.map(
  (name) =>
    (tf: Tfjs): tf.GradConfig =>
      gradient(tf[name], ['a', 'b'], (_, [a, b]) => ({ a: () => tf.zeros(a.shape), b: () => tf.zeros(b.shape) })),
)
