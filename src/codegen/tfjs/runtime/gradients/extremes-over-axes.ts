import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/**
 * TensorFlow.js gives every one of several equal largest (or smallest) elements the whole gradient: a map of zeros after a relu
 * gets it as many times as it has elements. Here they share it evenly, as in TensorFlow and PyTorch's `amax`.
 */
const extremeOverAxes = (
  tf: Tfjs,
  kernelName: string,
  axesOf: (attrs: tf.NamedAttrMap) => number | number[],
): tf.GradConfig =>
  gradient(kernelName, ['x', 'output'], (dy, [x, y], attrs) => ({
    x: () => {
      const axes = tf.util.parseAxisParam(axesOf(attrs), x.shape)
      const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
      // 1 where they are equal; WebAssembly's `equal` of tensors that differ in shape is fifty times as slow
      const extreme = tf.sub(1, tf.step(tf.abs(tf.sub(x, tf.reshape(y, kept)))))
      return tf.mul(extreme, tf.div(tf.reshape(dy, kept), tf.sum(extreme, axes, true)))
    },
  }))

export const maxGradient = (tf: Tfjs): tf.GradConfig =>
  extremeOverAxes(tf, tf.Max, (attrs) => (attrs as unknown as tf.MaxAttrs).reductionIndices)

export const minGradient = (tf: Tfjs): tf.GradConfig =>
  extremeOverAxes(tf, tf.Min, (attrs) => (attrs as unknown as tf.MinAttrs).axis)
