import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** Of tensors of more axes it fails without a word. */
const mostAxes = 6

/** Stands in what was mended, by whichever copy of this file: to mend it again would call it within itself. */
const isMended = Symbol.for('fmw/arithmetic-on-wasm')

/**
 * The WebAssembly backend of TensorFlow.js gives what lay in memory for the sum, difference, product and quotient of tensors of more than six
 * axes, which gradients are made of. Here such tensors are stretched to one shape and combined as one axis.
 */
export const arithmeticKernels = (tf: Tfjs): readonly tf.KernelConfig[] =>
  ([tf.Add, tf.Sub, tf.Multiply, tf.RealDiv] as const).flatMap((name) => {
    const own = onWasm(tf, name)
    if (!own || isMended in own) return []
    const mended = wasmKernel(tf, name, ({ a, b }) => {
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape)
      const flat = (one: tf.Tensor): tf.Tensor => tf.reshape(stretched(tf, one, shape), [-1])
      return tf.reshape(tf.engine().runKernel<tf.Tensor>(name, { a: flat(a), b: flat(b) }), shape)
    })
    const isSmall = ({ a, b }: tf.NamedTensorInfoMap): boolean =>
      [a, b].every((one) => !one || one.shape.length <= mostAxes)
    return [
      {
        ...own,
        [isMended]: true,
        kernelFunc: (call: Parameters<tf.KernelFunc>[0]) =>
          isSmall(call.inputs) ? own.kernelFunc(call) : mended.kernelFunc(call),
      },
    ]
  })

/** TensorFlow.js promises one for every name. */
const onWasm = (tf: Tfjs, name: string): tf.KernelConfig | undefined => tf.getKernel(name, 'wasm')

/** Axis by axis, each between what is before and behind it. */
function stretched(tf: Tfjs, tensor: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const own = [...Array<number>(shape.length - tensor.rank).fill(1), ...tensor.shape]
  let whole = tensor
  for (const [axis, extent] of shape.entries()) {
    if (own[axis] === extent) continue
    const behind = own.slice(axis + 1).reduce((product, one) => product * one, 1)
    whole = tf.tile(tf.reshape(whole, [-1, 1, behind]), [1, extent, 1])
  }
  return whole
}
