import type * as tf from '@tensorflow/tfjs-core'
import { arithmeticKernels } from './arithmetic-on-wasm.ts'
import { batchMatMulGradient } from './batch-mat-mul.ts'
import { comparisonGradients } from './comparisons.ts'
import { conv2dBackpropInputGradient } from './conv2d-backprop-input.ts'
import { conv2dFilterKernel, conv2dInputKernel } from './conv2d-on-wasm.ts'
import { conv2dGradient } from './conv2d.ts'
import { depthwiseFilterKernel, depthwiseInputKernel } from './depthwise-on-wasm.ts'
import { elementwiseGradients } from './elementwise.ts'
import { maximumGradient, minimumGradient } from './extremes-of-two.ts'
import { maxGradient, minGradient } from './extremes-over-axes.ts'
import { layoutGradients } from './layout.ts'
import { maxPoolKernel } from './max-pool-on-wasm.ts'
import { gradientsOfTwo, squaredDifferenceGradient } from './of-two.ts'
import { resizeGradients } from './resize.ts'
import { sumGradients } from './sums.ts'
import type { Tfjs } from './tfjs.ts'
import { unsortedSegmentSumKernel } from './unsorted-segment-sum-on-wasm.ts'
import { windowGradients } from './windows.ts'

/**
 * Those that the core comes without. They also take the place of those of the whole package, which are as right and call a backend more often:
 * a number is cast to what it is, a gradient reshaped to its shape.
 */
export const knownGradients = (tf: Tfjs): readonly tf.GradConfig[] =>
  [elementwiseGradients, gradientsOfTwo, sumGradients, layoutGradients, windowGradients].flatMap((gradientsOf) =>
    gradientsOf(tf),
  )

/** Instead of those of TensorFlow.js, which are wrong or not there. */
const mended = [
  batchMatMulGradient,
  conv2dGradient,
  conv2dBackpropInputGradient,
  maxGradient,
  minGradient,
  maximumGradient,
  minimumGradient,
  squaredDifferenceGradient,
  ...resizeGradients,
  ...comparisonGradients,
]

const wasmKernels = [
  conv2dFilterKernel,
  conv2dInputKernel,
  depthwiseFilterKernel,
  depthwiseInputKernel,
  maxPoolKernel,
  unsortedSegmentSumKernel,
]

/**
 * Gives TensorFlow.js, whose core comes without gradients, those of the ops that models and losses are made of, and puts right what version 4.22 computes wrongly, or not at all, when it differentiates: `tf.grads` and the optimisers then
 * have the gradient of the forward pass on every backend. The registries are global to the process, shared by all copies of
 * TensorFlow.js of this version; the WebAssembly backend is mended where it is registered. Calling it again changes nothing.
 */
export function mendGradients(tf: Tfjs): void {
  for (const gradient of knownGradients(tf)) tf.registerGradient(gradient)
  for (const gradient of mended) tf.registerGradient(gradient(tf))
  const onWasm = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName))
  if (!onWasm.has(tf.Conv2D)) return
  for (const config of [...wasmKernels.map((kernel) => kernel(tf)), ...arithmeticKernels(tf)]) {
    if (onWasm.has(config.kernelName)) tf.unregisterKernel(config.kernelName, 'wasm')
    tf.registerKernel(config)
  }
}
