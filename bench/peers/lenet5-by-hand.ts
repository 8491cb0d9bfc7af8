import type * as tfjs from '@tensorflow/tfjs-core'

type Tfjs = typeof tfjs

/** The maps of S2 that each of the 16 maps of C3 reads: Table I of LeCun et al. (1998). */
const c3 = [
  [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5], [0, 1, 2, 3], [1, 2, 3, 4],
  [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
]

/** LeNet-5 as somebody writes it with tfjs-core, from weights by the paths they have in `examples/lenet5.fmw`. */
export function lenet5ByHand(tf: Tfjs, weight: (path: string) => tfjs.Tensor, digits: tfjs.Tensor2D, image: tfjs.Tensor4D): tfjs.Tensor2D {
  const squash = <T extends tfjs.Tensor>(x: T): T => tf.mul(tf.tanh(tf.mul(x, 2 / 3)), 1.7159)
  const conv = (x: tfjs.Tensor4D, path: string): tfjs.Tensor4D =>
    tf.add(tf.conv2d(x, weight(`${path}/kernel`) as tfjs.Tensor4D, 1, 'valid'), weight(`${path}/bias`))
  const subsample = (x: tfjs.Tensor4D, path: string): tfjs.Tensor4D =>
    squash(tf.add(tf.mul(tf.avgPool(x, 2, 2, 'valid'), weight(`${path}/coefficient`)), weight(`${path}/bias`)))
  const c1 = squash(conv(image, 'c1'))
  const s2 = subsample(c1, 's2')
  const maps = c3.map((chosen, i) => conv(tf.gather(s2, chosen, 3), `c3/${i}`))
  const s4 = subsample(squash(tf.concat(maps, 3)), 's4')
  const c5 = squash(conv(s4, 'c5'))
  const f6 = squash(tf.add<tfjs.Tensor2D>(tf.matMul(tf.reshape(c5, [-1, 120]), weight('f6/kernel') as tfjs.Tensor2D), weight('f6/bias')))
  const difference = tf.sub(tf.expandDims(f6, 1), tf.expandDims(digits, 0))
  return tf.mul(tf.sum<tfjs.Tensor2D>(tf.square(difference), 2), -0.5)
}
