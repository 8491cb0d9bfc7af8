import * as tf from '@tensorflow/tfjs-core'

/** Of each backend whose kernels were registered here: whether those are all that it has. */
const complete = new Map<string, boolean>()

/**
 * Registers those kernels of a backend that it does not have yet.
 *
 * @param isAll whether the backend has no others
 */
export function registerKernels(backend: string, kernels: readonly tf.KernelConfig[], isAll = false): void {
  complete.set(backend, isAll || complete.get(backend) === true)
  // one that has started has already set up the kernels that it had then
  const started: unknown = tf.engine().registry[backend]
  const known = new Set(tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName))
  for (const kernel of kernels) {
    if (known.has(kernel.kernelName)) continue
    tf.registerKernel(kernel)
    if (started) kernel.setupFunc?.(started)
  }
}

/** Whether the kernels of a backend are those that a model needs to predict, and no others. */
export const hasFewKernels = (backend: string): boolean => complete.get(backend) === false
