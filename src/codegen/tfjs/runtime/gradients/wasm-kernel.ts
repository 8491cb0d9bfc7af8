import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/**
 * A kernel of the WebAssembly backend made of other ops; what they leave behind is disposed. `Tensors` and `Attributes` are what
 * the op of this name hands to its kernel.
 */
export const wasmKernel = <Tensors extends Readonly<Record<string, tf.Tensor>>, Attributes>(
  tf: Tfjs,
  kernelName: string,
  compute: (tensors: Tensors, attributes: Attributes) => tf.Tensor,
): tf.KernelConfig => ({
  kernelName,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) =>
    tf.tidy(() => {
      const tensors = Object.entries(inputs).map(([name, info]) => [name, tensorOf(tf, info!)])
      // the registry forgets the types of a kernel's arguments: its name stands for them
      return compute(Object.fromEntries(tensors) as Tensors, attrs as unknown as Attributes)
    }),
})

/** A tensor of its own on the same data, for the tidying to dispose. */
function tensorOf(tf: Tfjs, info: tf.TensorInfo): tf.Tensor {
  tf.backend().incRef(info.dataId)
  return tf.engine().makeTensorFromTensorInfo(info)
}
