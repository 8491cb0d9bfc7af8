import * as tf from '@tensorflow/tfjs-core'
import {
  at,
  batchNorm,
  bounds,
  checkInputs,
  conv2d,
  dropout,
  glorotUniform,
  kaimingNormalOut,
  maxPool,
  model,
  ones,
  param,
  range,
  replace,
  state,
  zeros,
  type Maps,
  type Spec,
  type Specs,
  type Vectors,
} from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'

// As fmw writes a module, by hand: two convolutions, a normalisation, a loop over weights, a part that may be missing, dropout.

interface Conv {
  readonly kernel: tf.Tensor4D
  readonly bias?: tf.Tensor1D
}

interface Norm {
  readonly scale: tf.Tensor1D
  readonly offset: tf.Tensor1D
  readonly mean: tf.Tensor1D
  readonly variance: tf.Tensor1D
}

export interface SmallWeights {
  readonly stem: Conv
  readonly norm: Norm
  readonly blocks: readonly Conv[]
  readonly mask: tf.Tensor1D
  readonly classifier: { readonly kernel: tf.Tensor2D }
}

export type SmallInputs = {
  readonly image: Maps<number, number, 1>
  readonly depth: Maps<number, number, 1>
}

export type SmallOutputs = {
  readonly logits: Vectors<3>
}

export function small(w: SmallWeights, inputs: SmallInputs): SmallOutputs {
  const { image, depth } = inputs
  const { H } = checkInputs('Small', inputs, { image: ['H', 'W', 1], depth: ['H', 'W', 1] })
  if (H % 2 !== 0) throw new RangeError('H % 2 must be 0')
  return tf.tidy(() => {
    let x = conv(tf.concat([image, depth], 3), w.stem, 2)
    x = replace(x, norm(x, w.norm))
    x = replace(
      x,
      maxPool(x, 3, 1, [
        [1, 1],
        [1, 1],
      ]),
    )
    for (const i of range(2)) x = replace(x, tf.relu(conv(x, at(w.blocks, i), 1)))
    x = replace(x, dropout(x, 0.5))
    const mask = tf.sigmoid(w.mask)
    x = replace([x, mask], tf.mul(x, mask))
    return { logits: tf.matMul<tf.Tensor2D>(tf.mean<tf.Tensor2D>(x, [1, 2]), w.classifier.kernel) }
  })
}

function conv(x: tf.Tensor4D, w: Conv, stride: number): tf.Tensor4D {
  return tf.tidy(() => {
    const y = conv2d(x, w.kernel, stride, [
      [1, 1],
      [1, 1],
    ])
    return w.bias ? tf.add(y, w.bias) : y
  })
}

const norm = (x: tf.Tensor4D, w: Norm): tf.Tensor4D => batchNorm(x, w.mean, w.variance, w.offset, w.scale, 0.001, 0.9)

const normWeights = (size: number): Specs<Norm> => ({
  scale: param([size], ones),
  offset: param([size], zeros),
  mean: state([size], zeros),
  variance: state([size], ones),
})

const convWeights = (size: number, from: number, to: number, bias = true): Specs<Conv> => ({
  kernel: param([size, size, from, to], kaimingNormalOut),
  ...(bias && { bias: param([to], zeros) }),
})

const mask: Spec<tf.Tensor1D> = param([4], ones, { within: bounds(-1, 1) })

const weights: Specs<SmallWeights> = {
  stem: convWeights(3, 2, 4, false),
  norm: normWeights(4),
  blocks: range(2).map(() => convWeights(3, 4, 4)),
  mask,
  classifier: { kernel: param([4, 3], glorotUniform) },
}

export const Small = model({
  name: 'Small',
  inputs: { image: ['H', 'W', 1], depth: ['H', 'W', 1] },
  weights: () => weights,
  apply: small,
})
