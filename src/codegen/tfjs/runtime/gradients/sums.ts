import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/** Of what adds elements up. */
export const sumGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  {
    kernelName: tf.Sum,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({ x: () => spreadOver(tf, dy as tf.Tensor, x!, attrs) }),
  },
  {
    kernelName: tf.Mean,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const share = (dy as tf.Tensor).size / x!.size
      return { x: () => tf.mul(share, spreadOver(tf, dy as tf.Tensor, x!, attrs)) }
    },
  },
  {
    kernelName: tf.AddN,
    saveAllInputs: true,
    gradFunc: (dy, saved) => Object.fromEntries(saved.map((_, i) => [i, () => tf.clone(dy as tf.Tensor)])),
  },
  {
    kernelName: tf.Softmax,
    outputsToSave: [true],
    gradFunc: (dy, [y], attrs) => {
      const { dim } = attrs as unknown as tf.SoftmaxAttrs
      const weighted = (): tf.Tensor => tf.mul(dy as tf.Tensor, y!)
      return { logits: () => tf.sub(weighted(), tf.mul(tf.sum(weighted(), dim, true), y!)) }
    },
  },
]

/** Each element of dy, as often as it was summed. */
function spreadOver(tf: Tfjs, dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap): tf.Tensor {
  const axes = tf.util.parseAxisParam((attrs as unknown as tf.SumAttrs).axis, x.shape)
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape))
}
