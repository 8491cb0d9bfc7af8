import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { batchMatMulGradient } from './batch-mat-mul.ts'
import { comparisonGradients } from './comparisons.ts'
import { conv2dGradient } from './conv2d.ts'
import { conv2dBackpropInputGradient } from './conv2d-backprop-input.ts'
import { registerCoreGradients } from './core-gradients.ts'
import { conv2dFilterKernel, conv2dInputKernel } from './conv2d-on-wasm.ts'
import { depthwiseFilterKernel, depthwiseInputKernel } from './depthwise-on-wasm.ts'
import { maximumGradient, minimumGradient } from './extremes-of-two.ts'
import { maxGradient, minGradient } from './extremes-over-axes.ts'
import { maxPoolKernel } from './max-pool-on-wasm.ts'
import { resizeGradients } from './resize.ts'
import { unsortedSegmentSumKernel } from './unsorted-segment-sum-on-wasm.ts'

const gradients = [
  batchMatMulGradient,
  conv2dGradient,
  conv2dBackpropInputGradient,
  maxGradient,
  minGradient,
  maximumGradient,
  minimumGradient,
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
 * Gives TensorFlow.js its gradients and puts right what TensorFlow.js 4.22 computes wrongly, or not at all, when it differentiates: `tf.grads` and the optimisers then
 * have the gradient of the forward pass on every backend. The registries are global to the process, shared by all copies of
 * TensorFlow.js of this version; the WebAssembly backend is mended where it is registered. Calling it again changes nothing.
 */
export function mendGradients(tf: Tfjs): void {
  registerCoreGradients(tf)
  for (const gradient of gradients) tf.registerGradient(gradient(tf))
  if (!tf.getKernelsForBackend('wasm').some(({ kernelName }) => kernelName === tf.Conv2D)) return
  for (const kernel of wasmKernels) {
    const config = kernel(tf)
    if (tf.getKernel(config.kernelName, 'wasm')) tf.unregisterKernel(config.kernelName, 'wasm')
    tf.registerKernel(config)
  }
}
