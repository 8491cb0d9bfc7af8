import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { filterGradient, inputGradient } from './convolution-gradients.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** The WebAssembly backend of TensorFlow.js has no gradient of a convolution by its kernel. */
export const conv2dFilterKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(tf, tf.Conv2DBackpropFilter, ({ x, dy }, attributes) => {
    const { filterShape, strides, pad, dimRoundingMode } = attributes
    return filterGradient(
      tf,
      x,
      dy,
      tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode),
    )
  })

/** The WebAssembly backend's own gradient by the map is a plain loop: ten times as slow as a convolution of the same size. */
export const conv2dInputKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(tf, tf.Conv2DBackpropInput, ({ dy, filter }, attributes) => {
    const { inputShape, strides, pad, dimRoundingMode } = attributes
    return inputGradient(
      tf,
      dy,
      filter,
      tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, dimRoundingMode),
    )
  })
