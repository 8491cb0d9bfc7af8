import * as tf from '@tensorflow/tfjs-core'
import type { Bounds } from './weights.ts'

/**
 * The closed interval in which the elements of a weight are kept: what has left it moves to its nearest end. NaN stays NaN, of which
 * `tf.clipByValue` makes the lower bound on WebAssembly.
 */
export const bounds =
  (low: number, high: number): Bounds =>
  (weight) => {
    tf.tidy(() => {
      weight.assign(tf.minimum(tf.maximum(weight, low), high))
    })
  }
