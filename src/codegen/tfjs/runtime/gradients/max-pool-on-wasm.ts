import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { wasmKernel } from './wasm-kernel.ts'

/**
 * The WebAssembly backend of TensorFlow.js searches the largest element of a window from the smallest positive float upwards, so
 * that windows without a positive element send their gradient to the wrong place. Here as elsewhere it goes to the first of equal
 * ones.
 */
export const maxPoolKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(tf, tf.MaxPoolGrad, ({ dy, input }, attributes) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes
    const pool = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode)
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = pool
    const x = input.dataSync()
    const slopes = dy.dataSync()
    const result = new Float32Array(x.length)
    let at = 0
    for (let sample = 0; sample < batchSize; sample++) {
      for (let row = 0; row < outHeight; row++) {
        const top = row * pool.strideHeight - padInfo.top
        for (let column = 0; column < outWidth; column++) {
          const left = column * pool.strideWidth - padInfo.left
          for (let channel = 0; channel < inChannels; channel++, at++) {
            let largest = -1
            let most = -Infinity
            for (let h = Math.max(top, 0); h < Math.min(top + pool.filterHeight, inHeight); h++) {
              for (let w = Math.max(left, 0); w < Math.min(left + pool.filterWidth, inWidth); w++) {
                const i = ((sample * inHeight + h) * inWidth + w) * inChannels + channel
                const value = Number(x[i])
                if (largest < 0 || value > most) [largest, most] = [i, value]
              }
            }
            result[largest] = Number(result[largest]) + Number(slopes[at])
          }
        }
      }
    }
    return tf.tensor(result, input.shape)
  })
