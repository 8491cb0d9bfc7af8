import type * as tf from '@tensorflow/tfjs-core'

/** What a gradient is made with: a program may have loaded several copies of TensorFlow.js. */
export type Tfjs = typeof tf
