import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/** What a kernel of two tensors is handed. */
interface OfTwo {
  readonly tensors: { readonly a: tf.Tensor; readonly b: tf.Tensor }
  readonly attributes: Readonly<Record<string, never>>
}

/** What the ops hand to these kernels. */
interface Kernels {
  readonly Add: OfTwo
  readonly Sub: OfTwo
  readonly Multiply: OfTwo
  readonly RealDiv: OfTwo
  readonly Conv2DBackpropFilter: {
    readonly tensors: { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D }
    readonly attributes: tf.Conv2DBackpropFilterAttrs
  }
  readonly Conv2DBackpropInput: {
    readonly tensors: { readonly dy: tf.Tensor4D; readonly filter: tf.Tensor4D }
    readonly attributes: tf.Conv2DBackpropInputAttrs
  }
  readonly DepthwiseConv2dNativeBackpropFilter: {
    readonly tensors: { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D }
    readonly attributes: tf.DepthwiseConv2dNativeBackpropFilterAttrs
  }
  readonly DepthwiseConv2dNativeBackpropInput: {
    readonly tensors: { readonly dy: tf.Tensor4D; readonly filter: tf.Tensor4D }
    readonly attributes: tf.DepthwiseConv2dNativeBackpropInputAttrs
  }
  readonly MaxPoolGrad: {
    readonly tensors: { readonly dy: tf.Tensor4D; readonly input: tf.Tensor4D }
    readonly attributes: tf.MaxPoolGradAttrs
  }
  readonly UnsortedSegmentSum: {
    readonly tensors: { readonly x: tf.Tensor; readonly segmentIds: tf.Tensor }
    readonly attributes: tf.UnsortedSegmentSumAttrs
  }
}

/** A kernel of the WebAssembly backend made of other ops; what they leave behind is disposed. */
export const wasmKernel = <Name extends keyof Kernels>(
  tf: Tfjs,
  kernelName: Name,
  compute: (tensors: Kernels[Name]['tensors'], attributes: Kernels[Name]['attributes']) => tf.Tensor,
): tf.KernelConfig => ({
  kernelName,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) =>
    tf.tidy(() => {
      const tensors = Object.entries(inputs).flatMap(([name, info]) =>
        info ? [[name, tensorOf(tf, info)] as const] : [],
      )
      // the registry forgets the types of a kernel's arguments: its name stands for them
      return compute(
        Object.fromEntries(tensors) as unknown as Kernels[Name]['tensors'],
        attrs as unknown as Kernels[Name]['attributes'],
      )
    }),
})

/** A tensor of its own on the same data, for the tidying to dispose. */
function tensorOf(tf: Tfjs, info: tf.TensorInfo): tf.Tensor {
  tf.backend().incRef(info.dataId)
  return tf.engine().makeTensorFromTensorInfo(info)
}
