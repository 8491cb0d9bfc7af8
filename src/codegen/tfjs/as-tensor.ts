import type * as tfjs from '@tensorflow/tfjs-core'
import type { Tfjs } from './apply.ts'

/** What an applied expression gave, which for a node is a tensor. */
export function asTensor(value: unknown, tf: Tfjs): tfjs.Tensor {
  if (value instanceof tf.Tensor) return value
  throw new Error('a target rule gave something that is not a tensor')
}
