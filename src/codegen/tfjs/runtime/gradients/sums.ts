import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/** Of what adds elements up. */
export const sumGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  gradient(tf.Sum, ['x'], (dy, [x], attrs) => ({ x: () => spreadOver(tf, dy, x, attrs) })),
  gradient(tf.Mean, ['x'], (dy, [x], attrs) => ({
    x: () => tf.mul(dy.size / x.size, spreadOver(tf, dy, x, attrs)),
  })),
  {
    kernelName: tf.AddN,
    saveAllInputs: true,
    gradFunc: (dy, saved) => Object.fromEntries(saved.map((_, i) => [i, () => tf.clone(dy as tf.Tensor)])),
  },
  gradient(tf.Softmax, ['output'], (dy, [y], attrs) => {
    const { dim } = attrs as unknown as tf.SoftmaxAttrs
    const weighted = (): tf.Tensor => tf.mul(dy, y)
    return { logits: () => tf.sub(weighted(), tf.mul(tf.sum(weighted(), dim, true), y)) }
  }),
]

/** Each element of dy, as often as it was summed. */
function spreadOver(tf: Tfjs, dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap): tf.Tensor {
  const axes = tf.util.parseAxisParam((attrs as unknown as tf.SumAttrs).axis, x.shape)
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape))
}
