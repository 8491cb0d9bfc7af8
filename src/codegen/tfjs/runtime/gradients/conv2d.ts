import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'
import { filterGradient, inputGradient } from './convolution-gradients.ts'

/** TensorFlow.js refuses to differentiate a convolution whose taps are more than 1 apart. */
export const conv2dGradient = (tf: Tfjs): tf.GradConfig =>
  gradient(tf.Conv2D, ['x', 'filter'], (upstream, saved, attrs) => {
    const { strides, pad, dataFormat, dilations, dimRoundingMode } = attrs as unknown as tf.Conv2DAttrs
    const [x, filter] = saved as readonly [tf.Tensor4D, tf.Tensor4D]
    const dy = upstream as tf.Tensor4D
    const isSpread = [dilations].flat().some((step) => step > 1)
    if (!isSpread) {
      const engine = tf.engine()
      return {
        x: () => engine.runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attrs, inputShape: x.shape }),
        filter: () => engine.runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attrs, filterShape: filter.shape }),
      }
    }
    if (dataFormat !== 'NHWC') throw new Error(`no gradient of a dilated convolution of ${dataFormat} maps`)
    const convolution = tf.backend_util.computeConv2DInfo(
      x.shape,
      filter.shape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
    )
    return {
      x: () => inputGradient(tf, dy, filter, convolution),
      filter: () => filterGradient(tf, x, dy, convolution),
    }
  })
