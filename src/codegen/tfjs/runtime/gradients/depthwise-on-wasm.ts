import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { reached, spread } from './convolution-gradients.ts'
import { wasmKernel } from './wasm-kernel.ts'

/**
 * The WebAssembly backend of TensorFlow.js has no gradient of a depthwise convolution by its kernel. It is again a depthwise
 * convolution, of the maps of all samples side by side, by dy, with stride and dilation exchanged; the sum over the samples is
 * left.
 */
export const depthwiseFilterKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(
    tf,
    tf.DepthwiseConv2dNativeBackpropFilter,
    ({ x, dy }, { filterShape, strides, dilations, pad, dimRoundingMode }) => {
      const convolution = tf.backend_util.computeConv2DInfo(
        x.shape,
        filterShape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
        true,
      )
      const { strideHeight, strideWidth, dilationHeight, dilationWidth, outHeight, outWidth } = convolution
      const [height, width, channels, multiplier] = filterShape
      const [batch] = x.shape
      const map = reached(tf, x, convolution)
      const maps = tf.reshape<tf.Rank.R4>(tf.transpose(map, [1, 2, 0, 3]), [
        1,
        map.shape[1],
        map.shape[2],
        batch * channels,
      ])
      const kernel = tf.reshape<tf.Rank.R4>(tf.transpose(dy, [1, 2, 0, 3]), [
        outHeight,
        outWidth,
        batch * channels,
        multiplier,
      ])
      const steps: [number, number] = [dilationHeight, dilationWidth]
      const each = tf.depthwiseConv2d(maps, kernel, steps, 'valid', 'NHWC', [strideHeight, strideWidth])
      return tf.sum(tf.reshape(each, [height, width, batch, channels, multiplier]), 2)
    },
  )

/**
 * The WebAssembly backend of TensorFlow.js has no gradient of a depthwise convolution by its map: that is dy, spread by the
 * stride, convolved with the kernels turned by 180°, and the sum over the kernels of each channel.
 */
export const depthwiseInputKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(
    tf,
    tf.DepthwiseConv2dNativeBackpropInput,
    ({ dy, filter }, { inputShape, strides, dilations, pad, dimRoundingMode }) => {
      const [height, width, channels, multiplier] = filter.shape
      const convolution = tf.backend_util.computeConv2DInfo(
        inputShape,
        filter.shape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
        true,
      )
      const turned = tf.reshape<tf.Rank.R4>(tf.reverse(filter, [0, 1]), [height, width, channels * multiplier, 1])
      const each = tf.depthwiseConv2d(spread(tf, dy, convolution), turned, 1, 'valid', 'NHWC', dilations)
      return multiplier === 1 ? each : tf.sum(tf.reshape(each, [...inputShape.slice(0, 3), channels, multiplier]), 4)
    },
  )
