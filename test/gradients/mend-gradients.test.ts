import type { Rank, Scalar, ShapeMap, Tensor4D } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import type { BackendName } from '../../src/runtime/backend/backend.ts'
import { mendGradients } from '../../src/codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { randomNumbers, type Tensor } from '../primitives/harness.ts'

const s = suite('mended gradients')
const available = await availableBackends()

/** The gradient of the sum of the products with 1, 2, 3, ... of what a function makes of x. */
function slopes(tf: Tfjs, x: Tensor, f: (x: Tensor) => Tensor): readonly number[] {
  const loss = (value: Tensor) => {
    const result = f(value)
    return tf.sum<Scalar>(tf.mul(result, tf.reshape(tf.range(1, result.size + 1), result.shape)))
  }
  return [...tf.grad(loss)(x).dataSync()]
}

for (const name of available) {
  s(`on ${name} equal largest elements share the gradient`, () =>
    withBackend(name, (tf) => {
      const x = tf.tensor2d([[3, 3, 1], [0, 0, 0], [1, 2, 0]])
      assert.equal(slopes(tf, x, (value) => tf.max(value, 1)), [0.5, 0.5, 0, 2 / 3, 2 / 3, 2 / 3, 0, 3, 0].map(Math.fround))
      assert.equal(slopes(tf, x, (value) => tf.min(value, [0, 1])), [0, 0, 0, 0.25, 0.25, 0.25, 0, 0, 0.25])
      assert.equal(slopes(tf, x, (value) => tf.maximum(value, [[3, 1, 1]])), [0.5, 2, 1.5, 0, 0, 0, 0, 8, 0])
    }))

  s(`on ${name} the gradient of a pooling goes to the first of equal elements`, () =>
    withBackend(name, (tf) => {
      for (const value of [-1, 0, 2]) {
        const found = slopes(tf, tf.fill([1, 2, 4, 1], value), (x) =>
          tf.maxPool(tf.reshape<Rank.R4>(x, [1, 2, 4, 1]), 2, 2, 'valid'),
        )
        assert.equal(found, [1, 0, 2, 0, 0, 0, 0, 0])
      }
    }))

  s(`on ${name} values that go through a mask are trained, the comparison is not`, () =>
    withBackend(name, (tf) => {
      const found = slopes(tf, tf.tensor1d([-1, 2, 3]), (x) => tf.mul(x, tf.cast(tf.greater(x, tf.mul(x, x)), 'float32')))
      assert.equal(found, [0, 0, 0])
      const passed = slopes(tf, tf.tensor1d([0.25, 0.5, 3]), (x) => tf.mul(x, tf.cast(tf.greater(x, tf.mul(x, x)), 'float32')))
      assert.equal(passed, [1, 2, 0])
    }))

  s(`on ${name} tensors of many axes are computed with`, () =>
    withBackend(name, (tf) => {
      const x = tf.reshape(tf.range(-7, 9), [2, 1, 2, 1, 2, 1, 2])
      const scale = tf.reshape(tf.tensor1d([2, 3]), [1, 1, 2, 1, 1, 1, 1])
      const found = slopes(tf, x, (value) => tf.add(tf.relu(value), tf.mul(value, scale)))
      const expected = Array.from({ length: 16 }, (_, i) => (i + 1) * ((i > 7 ? 1 : 0) + (i % 8 < 4 ? 2 : 3)))
      assert.equal(found, expected)
    }))

  s(`on ${name} a product repeats either matrix for all samples`, () =>
    withBackend(name, (tf) => {
      const next = randomNumbers(3)
      const numbers = (...shape: number[]): Tensor =>
        tf.tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next), shape)
      const [many, one] = [numbers(3, 2, 2), numbers(1, 2, 2)]
      for (const [a, b] of [[many, one], [one, many]] as const) {
        const repeats = (x: Tensor) => tf.tile(x, [3 / x.shape[0]!, 1, 1])
        const [da, db] = tf.grads((p, q) => tf.sum(tf.square(tf.matMul(p!, q!))))([a, b])
        const [ea, eb] = tf.grads((p, q) => tf.sum(tf.square(tf.matMul(repeats(p!), repeats(q!)))))([a, b])
        for (const [found, wanted] of [[da, ea], [db, eb]] as const) {
          assert.equal(found!.shape, wanted!.shape)
          assert.ok(tf.max(tf.abs(tf.sub(found!, wanted!))).dataSync()[0]! < 1e-5)
        }
      }
    }))

  s(`on ${name} squares of differences are summed where an operand is repeated`, () =>
    withBackend(name, (tf) => {
      const found = slopes(tf, tf.tensor2d([[1, 2]]), (x) => tf.squaredDifference(tf.tensor2d([[3, 3], [5, 5]]), x))
      assert.equal(found, [-4 - 24, -4 - 24])
    }))

  s(`on ${name} a small network trains`, async () => {
    const losses = await trained(name)
    const [first, last] = [losses[0]!, losses.at(-1)!]
    assert.ok(last < 0.8 * first, `${losses}`)
    for (const [i, wanted] of (await trained('cpu')).entries())
      assert.ok(Math.abs(losses[i]! - wanted) < 1e-4 * Math.max(1, wanted), `${losses}`)
  })
}

/** The losses of five steps of gradient descent on a fixed batch; every mended gradient takes part, and no tensor is left. */
const trained = (name: BackendName): Promise<readonly number[]> =>
  withBackend(name, (tf) => {
    const next = randomNumbers(5)
    const numbers = (shape: readonly number[], scale: number): number[] =>
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * next())
    const images = tf.tensor4d(numbers([4, 8, 8, 2], 1), [4, 8, 8, 2])
    const targets = tf.tensor2d(numbers([4, 5], 1), [4, 5])
    const weight = <R extends Rank>(shape: ShapeMap[R]) => tf.variable(tf.tensor<R>(numbers(shape, 0.4), shape))
    const conv = weight<Rank.R4>([3, 3, 2, 4])
    const wide = weight<Rank.R4>([3, 3, 4, 4])
    const deep = weight<Rank.R4>([3, 3, 3, 1])
    const dense = weight<Rank.R2>([48, 5])
    const loss = () => {
      const stem = tf.maxPool(tf.conv2d(images, conv, 1, 'same'), 2, 2, 'valid')
      const spread = tf.gather<Tensor4D>(tf.conv2d(stem, wide, 1, 'same', 'NHWC', 2), [3, 0, 3], 3)
      const resized = tf.image.resizeBilinear(tf.depthwiseConv2d(tf.elu<Tensor4D>(spread), deep, 1, 'same'), [6, 6], false, true)
      const floored = tf.maximum<Tensor4D>(resized, tf.mean(resized, [0, 1, 2]))
      const flat = tf.reshape(tf.avgPool(floored, 3, 1, 'valid'), [4, -1])
      return tf.mean<Scalar>(tf.square(tf.sub(tf.matMul(flat, dense), targets)))
    }
    const optimizer = tf.train.sgd(0.3)
    const step = (): number => tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]!)
    const losses = [step()]
    const before = tf.memory().numTensors
    for (let i = 0; i < 4; i++) losses.push(step())
    assert.is(tf.memory().numTensors, before)
    optimizer.dispose()
    for (const one of [conv, wide, deep, dense]) one.dispose()
    return losses
  })

s('mending again, as every copy of an emitted module does, calls no kernel within itself', () =>
  withBackend('wasm', (tf) => {
    for (let i = 0; i < 3000; i++) mendGradients(tf)
    assert.equal([...tf.add([1, 2], [3, 4]).dataSync()], [4, 6])
    const deep = tf.ones([1, 2, 1, 2, 1, 2, 2])
    assert.equal([...new Set(tf.add(deep, tf.ones([2, 1, 2, 1, 2, 1, 2])).dataSync())], [2])
  }))

s('mending again changes nothing', () =>
  withBackend('wasm', (tf) => {
    const kernels = tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName)
    mendGradients(tf)
    assert.equal(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName).toSorted(), kernels.toSorted())
    assert.is(new Set(kernels).size, kernels.length)
  }))

s.run()
