import type * as tf from '@tensorflow/tfjs-core'
import { summedTo } from './summed-to.ts'
import type { Tfjs } from './tfjs.ts'

/** Of what backends have kernels for, or what is a formula for maps. */
export const windowGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  {
    kernelName: tf.MaxPool,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [input, output], attrs) => ({
      x: () => tf.engine().runKernel(tf.MaxPoolGrad, { dy: dy as tf.Tensor, input: input!, output: output! }, attrs),
    }),
  },
  {
    kernelName: tf.AvgPool,
    inputsToSave: ['x'],
    gradFunc: (dy, [input], attrs) => ({
      x: () => tf.engine().runKernel(tf.AvgPoolGrad, { dy: dy as tf.Tensor, input: input! }, attrs),
    }),
  },
  {
    kernelName: tf.DepthwiseConv2dNative,
    inputsToSave: ['x', 'filter'],
    gradFunc: (upstream, saved, attrs) => {
      const [x, filter] = saved as [tf.Tensor, tf.Tensor]
      const dy = upstream as tf.Tensor
      const byInput = { ...attrs, inputShape: x.shape }
      const byFilter = { ...attrs, filterShape: filter.shape }
      return {
        x: () => tf.engine().runKernel(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter }, byInput),
        filter: () => tf.engine().runKernel(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, byFilter),
      }
    },
  },
  {
    kernelName: tf.FusedBatchNorm,
    inputsToSave: ['x', 'mean', 'variance', 'scale'],
    gradFunc: (upstream, saved, attrs) => {
      const [x, mean, variance, scale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
      const { varianceEpsilon } = attrs as unknown as tf.FusedBatchNormAttrs
      const dy = upstream as tf.Tensor
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
    },
  },
]
