import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** The WebAssembly backend of TensorFlow.js has no sum of the rows with the same number, which is the gradient of `gather`. */
export const unsortedSegmentSumKernel = (tf: Tfjs): tf.KernelConfig =>
  wasmKernel(tf, tf.UnsortedSegmentSum, ({ x, segmentIds }, attributes) => {
    const { numSegments } = attributes
    const rows = x.dataSync()
    const length = x.size / segmentIds.size
    const sums = new Float32Array(numSegments * length)
    for (const [row, segment] of segmentIds.dataSync().entries()) {
      const from = row * length
      const to = segment * length
      for (let i = 0; i < length; i++) sums[to + i] = Number(sums[to + i]) + Number(rows[from + i])
    }
    return tf.tensor(sums, [numSegments, ...x.shape.slice(segmentIds.rank)])
  })
