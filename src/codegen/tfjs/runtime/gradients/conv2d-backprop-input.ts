import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'
import { reached } from './convolution-gradients.ts'

/**
 * The gradient of a transposed convolution by its map is a convolution, which WebAssembly computes of the wrong elements where
 * `same` windows leave some out (a stride longer than the kernel). With the elements cut to fit, `valid` is right everywhere.
 */
export const conv2dBackpropInputGradient = (tf: Tfjs): tf.GradConfig =>
  gradient(tf.Conv2DBackpropInput, ['dy', 'filter'], (upstream, saved, attrs) => {
    const { strides, pad, dataFormat, dimRoundingMode } = attrs as unknown as tf.Conv2DBackpropInputAttrs
    const [dy, filter] = saved as readonly [tf.Tensor4D, tf.Tensor4D]
    const ddx = upstream as tf.Tensor4D
    if (dataFormat !== 'NHWC') throw new Error(`no gradient of a transposed convolution of ${dataFormat} maps`)
    const convolution = tf.backend_util.computeConv2DInfo(ddx.shape, filter.shape, strides, 1, pad, dimRoundingMode)
    return {
      dy: () => tf.conv2d(reached(tf, ddx, convolution), filter, strides, 'valid'),
      filter: () =>
        tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: ddx, dy }, { ...attrs, filterShape: filter.shape }),
    }
  })
