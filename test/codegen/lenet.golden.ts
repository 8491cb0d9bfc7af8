// fmw 1.2.3, from models/test.fmw. Generated: change the source, not this file.
import * as tf from '@tensorflow/tfjs-core'

/** Every weight by its path: its shape, and whether training changes it. */
export const weightShapes = {
  'c1/conv/kernel': { shape: [5, 5, 1, 6], trainable: true },
  'c1/conv/bias': { shape: [6], trainable: true },
} as const

type TensorOfRank = { 1: tf.Tensor1D; 4: tf.Tensor4D }

export type LeNetWeights = {
  readonly [Path in keyof typeof weightShapes]: TensorOfRank[(typeof weightShapes)[Path]['shape']['length']]
}

export type LeNetInputs = {
  /** [batch, 32, 32, 1] */
  readonly image: tf.Tensor4D
}

export type LeNetOutputs = {
  /** [batch, 14, 14, 6] */
  readonly maps: tf.Tensor4D
}

/**
 * The beginning of LeNet-5.
 *
 * The caller disposes of the outputs; the weights and inputs stay.
 */
export function leNet(weights: LeNetWeights, { image }: LeNetInputs): LeNetOutputs {
  expectShape('image', image, [32, 32, 1])
  return tf.tidy(() => {
    // c1
    const c1Conv2d: tf.Tensor4D = tf.conv2d(image, weights['c1/conv/kernel'], [1, 1], 'valid') // [28, 28, 6]
    const c1ConvAdd: tf.Tensor4D = tf.add(c1Conv2d, weights['c1/conv/bias'])
    c1Conv2d.dispose()
    const c1Tanh: tf.Tensor4D = tf.tanh(c1ConvAdd)
    c1ConvAdd.dispose()

    // s2
    const s2AvgPool: tf.Tensor4D = tf.avgPool(c1Tanh, [2, 2], [2, 2], 'valid') // [14, 14, 6]
    c1Tanh.dispose()
    return { maps: s2AvgPool }
  })
}

function expectShape(name: string, input: tf.Tensor, shape: readonly number[]): void {
  const [, ...actual] = input.shape
  if (actual.length === shape.length && actual.every((size, axis) => size === shape[axis])) return
  throw new RangeError(`${name} must be [batch, ${shape.join(', ')}], not [${input.shape.join(', ')}]`)
}
