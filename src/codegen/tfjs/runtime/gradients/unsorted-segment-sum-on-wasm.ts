import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** The WebAssembly backend of TensorFlow.js has no sum of the rows with the same number, which is the gradient of `gather`. */
export const unsortedSegmentSumKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel<{ x: tf.Tensor; segmentIds: tf.Tensor }, tf.UnsortedSegmentSumAttrs>(
    tf,
    tf.UnsortedSegmentSum,
    ({ x, segmentIds }, attributes) => {
      const { numSegments } = attributes
      const rows = x.dataSync()
      const length = x.size / segmentIds.size
      const sums = new Float32Array(numSegments * length)
      for (const [row, segment] of segmentIds.dataSync().entries()) {
        for (let i = 0; i < length; i++) sums[segment * length + i]! += rows[row * length + i]!
      }
      return tf.tensor(sums, [numSegments, ...x.shape.slice(segmentIds.rank)])
    },
  )
