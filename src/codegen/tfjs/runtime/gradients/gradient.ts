import type * as tf from '@tensorflow/tfjs-core'

type Tensors<Saved extends readonly string[]> = { readonly [Position in keyof Saved]: tf.Tensor }

/**
 * The gradients by the inputs of a kernel that gives one tensor, from the gradient dy by that tensor and from what is saved for it:
 * inputs by their names and, last and called `output`, that tensor.
 */
export const gradient = <const Saved extends readonly string[]>(
  kernelName: string,
  saved: Saved,
  gradients: (
    dy: tf.Tensor,
    tensors: Tensors<Saved>,
    attrs: tf.NamedAttrMap,
  ) => Readonly<Record<string, () => tf.Tensor>>,
): tf.GradConfig => ({
  kernelName,
  inputsToSave: saved.filter((name) => name !== 'output'),
  outputsToSave: [saved.includes('output')],
  // TensorFlow.js saves what it is told to, and gives one dy for one tensor
  gradFunc: (dy, tensors, attrs) => gradients(dy as tf.Tensor, tensors as unknown as Tensors<Saved>, attrs),
})
