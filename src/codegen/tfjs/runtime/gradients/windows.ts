import type * as tf from '@tensorflow/tfjs-core'
import { summedTo } from './summed-to.ts'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/** Of what backends have kernels for, or what is a formula for maps. */
export const windowGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  gradient(tf.MaxPool, ['x', 'output'], (dy, [input, output], attrs) => ({
    x: () => tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, attrs),
  })),
  gradient(tf.AvgPool, ['x'], (dy, [input], attrs) => ({
    x: () => tf.engine().runKernel(tf.AvgPoolGrad, { dy, input }, attrs),
  })),
  gradient(tf.DepthwiseConv2dNative, ['x', 'filter'], (dy, [x, filter], attrs) => {
    const byInput = { ...attrs, inputShape: x.shape }
    const byFilter = { ...attrs, filterShape: filter.shape }
    return {
      x: () => tf.engine().runKernel(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter }, byInput),
      filter: () => tf.engine().runKernel(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, byFilter),
    }
  }),
  gradient(tf.FusedBatchNorm, ['x', 'mean', 'variance', 'scale'], (dy, [x, mean, variance, scale], attrs) => {
    const { varianceEpsilon } = attrs as unknown as tf.FusedBatchNormAttrs
    // of y = (x - mean) · factor · scale + offset
    const factor = tf.rsqrt(tf.add(variance, varianceEpsilon))
    const total = (terms: tf.Tensor): tf.Tensor => summedTo(tf, terms, mean.shape)
    const centred = (): tf.Tensor => tf.sub(x, mean)
    return {
      x: () => tf.mul(dy, tf.mul(factor, scale)),
      mean: () => tf.neg(tf.mul(total(dy), tf.mul(factor, scale))),
      variance: () => {
        const slope = tf.mul(-0.5, tf.mul(factor, tf.square(factor)))
        return tf.mul(total(tf.mul(dy, centred())), tf.mul(slope, scale))
      },
      scale: () => tf.mul(total(tf.mul(dy, centred())), factor),
      offset: () => total(dy),
    }
  }),
]
