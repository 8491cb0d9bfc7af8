import type { Rank, Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { knownGradients } from '../../src/codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { randomNumbers, type Tensor } from '../primitives/harness.ts'

const s = suite('gradients that the core of TensorFlow.js comes without')

type F = (tf: Tfjs, ...xs: Tensor[]) => Tensor

interface Case {
  readonly f: F
  /** Of the arguments. */
  readonly shapes: readonly (readonly number[])[]
  /** From where to where their elements are, none near the middle; from -1 to 1 where it is not said. */
  readonly from?: number
  readonly to?: number
}

const one = (f: (tf: Tfjs, x: Tensor) => Tensor, more: Partial<Case> = {}): Case => ({ f, shapes: [[2, 3, 2]], ...more })
const two = (f: F, more: Partial<Case> = {}): Case => ({ f, shapes: [[2, 3], [1, 3]], ...more })
const map = (tf: Tfjs, x: Tensor): Tensor4D => tf.reshape<Rank.R4>(x, [1, 4, 4, 2])
const positive = { from: 0.5, to: 2 }
const indices = (tf: Tfjs): Tensor1D => tf.tensor1d([2, 0, 2, 1], 'int32')

/** What is differentiated for each kernel, twice for those that have two ways. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  Abs: [one((tf, x) => tf.abs(x))],
  Cos: [one((tf, x) => tf.cos(x))],
  Erf: [one((tf, x) => tf.erf(x))],
  Log: [one((tf, x) => tf.log(x), positive)],
  Log1p: [one((tf, x) => tf.log1p(x), positive)],
  Sin: [one((tf, x) => tf.sin(x))],
  Softplus: [one((tf, x) => tf.softplus(x))],
  Square: [one((tf, x) => tf.square(x))],
  Elu: [one((tf, x) => tf.elu(x))],
  Exp: [one((tf, x) => tf.exp(x))],
  Reciprocal: [one((tf, x) => tf.reciprocal(x), positive)],
  Relu: [one((tf, x) => tf.relu(x))],
  Rsqrt: [one((tf, x) => tf.rsqrt(x), positive)],
  Sigmoid: [one((tf, x) => tf.sigmoid(x))],
  Sqrt: [one((tf, x) => tf.sqrt(x), positive)],
  Tanh: [one((tf, x) => tf.tanh(x))],
  Ceil: [one((tf, x) => tf.ceil(x))],
  Floor: [one((tf, x) => tf.floor(x))],
  OnesLike: [one((tf, x) => tf.onesLike(x))],
  Round: [one((tf, x) => tf.round(x))],
  Sign: [one((tf, x) => tf.sign(x))],
  Step: [one((tf, x) => tf.step(x))],
  ZerosLike: [one((tf, x) => tf.zerosLike(x))],
  Neg: [one((tf, x) => tf.neg(x))],
  Identity: [one((tf, x) => tf.clone(x))],
  Cast: [one((tf, x) => tf.cast(x, 'float32'))],
  ClipByValue: [one((tf, x) => tf.clipByValue(x, -0.4, 0.4))],
  Add: [two((tf, a, b) => tf.add(a!, b!)), two((tf, a, b) => tf.add(a!, b!), { shapes: [[2, 3], [2, 3]] })],
  Sub: [two((tf, a, b) => tf.sub(a!, b!))],
  Multiply: [two((tf, a, b) => tf.mul(a!, b!)), one((tf, x) => tf.mul(x, tf.scalar(3, 'int32')))],
  RealDiv: [two((tf, a, b) => tf.div(a!, b!), positive)],
  Pow: [two((tf, a, b) => tf.pow(a!, b!), positive), one((tf, x) => tf.pow(x, 3))],
  Sum: [one((tf, x) => tf.sum(x)), one((tf, x) => tf.sum(x, -1)), one((tf, x) => tf.sum(x, [0, 2], true))],
  Mean: [one((tf, x) => tf.mean(x)), one((tf, x) => tf.mean(x, [1])), one((tf, x) => tf.mean(x, [0, -1], true))],
  AddN: [{ f: (tf, a, b) => tf.addN([a!, b!]), shapes: [[2], [2]] }],
  Softmax: [one((tf, x) => tf.softmax(x))],
  Transpose: [one((tf, x) => tf.transpose(x, [2, 0, 1])), one((tf, x) => tf.transpose(x))],
  Reverse: [one((tf, x) => tf.reverse(x, [0, 2]))],
  Tile: [one((tf, x) => tf.tile(x, [2, 1, 3])), one((tf, x) => tf.tile(x, [1, 1, 1])), one((tf, x) => tf.broadcastTo(tf.slice(x, 0, 1), [4, 3, 2]))],
  SpaceToBatchND: [
    { f: (tf, x) => tf.spaceToBatchND(map(tf, x!), [2, 2], [[1, 1], [0, 0]]), shapes: [[32]] },
  ],
  BatchToSpaceND: [
    { f: (tf, x) => tf.batchToSpaceND(tf.reshape(x!, [4, 2, 2, 2]), [2, 2], [[1, 0], [0, 1]]), shapes: [[32]] },
  ],
  GatherV2: [one((tf, x) => tf.gather(x, indices(tf), 1)), one((tf, x) => tf.gather(tf.reshape(x, [3, 4]), tf.reshape(indices(tf), [2, 2])))],
  Reshape: [one((tf, x) => tf.reshape(x, [4, 3]))],
  ExpandDims: [one((tf, x) => tf.expandDims(x, 1))],
  Concat: [two((tf, a, b) => tf.concat([a!, b!, a!], 0)), { f: (tf, a, b) => tf.concat([a!, b!], -1), shapes: [[2, 3], [2, 1]] }],
  Pack: [{ f: (tf, a, b) => tf.stack([a!, b!], 1), shapes: [[2, 3], [2, 3]] }],
  SplitV: [one((tf, x) => tf.mul(...(tf.split(x, [1, 1], 2) as [Tensor, Tensor])))],
  Unpack: [one((tf, x) => tf.mul(...(tf.unstack(x) as [Tensor, Tensor])))],
  Slice: [one((tf, x) => tf.slice(x, [0, 1, 1], [-1, 2, 1])), one((tf, x) => tf.slice(x, 1))],
  PadV2: [one((tf, x) => tf.pad(x, [[0, 1], [2, 0], [0, 0]], 3))],
  Select: [{ f: (tf, a, b) => tf.where(tf.tensor2d([[1, 0, 1], [0, 1, 0]], [2, 3], 'bool'), a!, b!), shapes: [[2, 3], [2, 3]] }],
  MaxPool: [{ f: (tf, x) => tf.maxPool(map(tf, x!), 2, 1, 'same'), shapes: [[32]] }],
  AvgPool: [{ f: (tf, x) => tf.avgPool(map(tf, x!), 3, 1, 'valid'), shapes: [[32]] }],
  DepthwiseConv2dNative: [
    { f: (tf, x, kernel) => tf.depthwiseConv2d(map(tf, x!), tf.reshape<Rank.R4>(kernel!, [2, 2, 2, 2]), 1, 'same'), shapes: [[32], [16]] },
  ],
  FusedBatchNorm: [
    {
      f: (tf, x, mean, variance, offset, scale) =>
        tf.batchNorm(map(tf, x!), mean as Tensor1D, variance as Tensor1D, offset as Tensor1D, scale as Tensor1D, 0.1),
      shapes: [[32], [2], [2], [2], [2]],
      ...positive,
    },
  ],
}

s('none is without a case', () =>
  withBackend('cpu', (tf) => {
    assert.equal(knownGradients(tf).map(({ kernelName }) => kernelName).sort(), Object.keys(cases).sort())
  }))

/** Numbers that are spread over a stretch and as far from each other and from whole numbers as their count allows. */
function spread(count: number, from: number, to: number, seed: number): number[] {
  const places = Array.from({ length: count }, (_, i) => from + ((i + 0.37) * (to - from)) / count)
  const next = randomNumbers(seed)
  return places.map((place) => [next(), place] as const).sort(([a], [b]) => a - b).map(([, place]) => Math.fround(place))
}

const step = 2 ** -9

function differences(tf: Tfjs, { f }: Case, values: readonly Tensor[], weights: Float32Array): readonly (readonly number[])[] {
  const loss = (xs: readonly Tensor[]): number =>
    tf.tidy(() => [...f(tf, ...xs).dataSync()].reduce((sum, value, i) => sum + value * weights[i]!, 0))
  return values.map((value, argument) => {
    const numbers = value.dataSync()
    const moved = (i: number, by: number): number => {
      const changed = numbers.slice()
      changed[i]! += by
      return tf.tidy(() => loss(values.with(argument, tf.tensor(changed, value.shape))))
    }
    return Array.from(numbers, (_, i) => (moved(i, step) - moved(i, -step)) / (2 * step))
  })
}

for (const [kernel, list] of Object.entries(cases)) {
  s(`${kernel} has the gradient of its forward pass`, async () => {
    for (const each of list) {
      const { f, shapes, from = -1, to = 1 } = each
      const valuesOn = (tf: Tfjs): Tensor[] =>
        shapes.map((shape, i) => tf.tensor(spread(shape.reduce((a, b) => a * b, 1), from, to, i + 1), [...shape]))
      const weightsOf = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => 1 + (i % 5) / 4)
      const wanted = await withBackend('cpu', (tf) => {
        const values = valuesOn(tf)
        return differences(tf, each, values, weightsOf(f(tf, ...values).size))
      })
      for (const backend of await availableBackends()) {
        const found = await withBackend(backend, (tf) => {
          // with the native backend come those of TensorFlow.js
          for (const gradient of knownGradients(tf)) tf.registerGradient(gradient)
          const loss = (...xs: Tensor[]): Scalar => {
            // a function that does not depend on its argument has no gradient for TensorFlow.js; what was made before is differentiated later,
            // and then what each argument already has is added to and disposed of
            const nothing = tf.sum<Scalar>(tf.stack(xs.map((x) => tf.mul(0, tf.sum(x)))))
            const result = f(tf, ...xs)
            return tf.add(nothing, tf.sum<Scalar>(tf.mul(result, tf.tensor(weightsOf(result.size), result.shape))))
          }
          return tf.grads(loss)(valuesOn(tf)).map((gradient) => [...gradient.dataSync()])
        })
        for (const [argument, gradient] of found.entries())
          for (const [i, value] of gradient.entries()) {
            const difference = wanted[argument]![i]!
            assert.ok(
              Math.abs(value - difference) < 2e-3 * Math.max(1, Math.abs(difference)),
              `${kernel} on ${backend}, argument ${argument}: [${gradient}] is not [${wanted[argument]}]`,
            )
          }
      }
    }
  })
}

s('the losses of TensorFlow.js are differentiated', async () => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      // in its tests TensorFlow.js takes what a loss keeps for its gradient for a leak
      tf.env().set('IS_TEST', false)
      const labels = tf.tensor2d([[0, 1], [1, 0]])
      const { losses } = tf
      const all = [
        losses.absoluteDifference,
        losses.hingeLoss,
        losses.huberLoss,
        losses.logLoss,
        losses.meanSquaredError,
        losses.sigmoidCrossEntropy,
        losses.softmaxCrossEntropy,
      ]
      for (const loss of all) {
        const gradient = tf.grad((x: Tensor) => loss(labels, x))(tf.tensor2d([[0.3, 0.6], [0.7, 0.2]]))
        assert.ok([...gradient.dataSync()].every(Number.isFinite))
        assert.ok([...gradient.dataSync()].some((value) => value !== 0))
      }
      tf.env().set('IS_TEST', true)
    })
  }
})

s.run()
