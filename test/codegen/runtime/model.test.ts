import * as tf from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  at,
  constant,
  fixed,
  model,
  range,
  replace,
  state,
  trainWith,
  type Specs,
} from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import { batchNormInTraining, dropoutInTraining } from '../../../src/codegen/tfjs/runtime/training-ops.ts'
import { initialize } from '../../../src/runtime/weights/initialize.ts'
import { withBackend } from '../../backends.ts'
import { weightNode } from '../../runtime/weight-node.ts'
import { Small, small, type SmallInputs } from './small.ts'

const s = suite('an emitted module on its runtime')

type Softening = { readonly temperature: tf.Tensor1D }

const backends = ['cpu', 'wasm'] as const

const maps = (height: number, width: number, batch = 2): SmallInputs => ({
  image: tf.randomUniform([batch, height, width, 1], -1, 1, 'float32', 1),
  depth: tf.randomUniform([batch, height, width, 1], -1, 1, 'float32', 2),
})

const numbers = (tensor: tf.Tensor): readonly number[] => [...tensor.dataSync()]

s('fresh weights are drawn from a safe integer', () => {
  for (const [seed, kind] of [[1.5, '1.5'], ['a', '"a"'], [2 ** 53, '9007199254740992']] as const) {
    assert.throws(() => Small.init({ seed: seed as number }), `seed must be a safe integer, not ${kind}`)
  }
})

s('refuses to be applied as in training before fmw-training.ts is imported', async () => {
  await withBackend('cpu', () => {
    const net = Small.init()
    assert.throws(() => net.apply(maps(4, 4), { training: true }), /import '\.\/fmw-training\.ts' first/)
    assert.not.throws(() => net.apply(maps(4, 4)))
    net.dispose()
  })
})

for (const backend of backends) {
  s(`predicts what its function says, and leaves nothing but the outputs, on ${backend}`, async () => {
    await withBackend(backend, () => {
      const net = Small.init({ seed: 3 })
      const inputs = maps(8, 6)
      const expected = small(net.weights, inputs)
      assert.equal(expected.logits.shape, [2, 3])
      assert.ok(numbers(expected.logits).some((value) => Math.abs(value) > 1e-3))
      net.predict(inputs).logits.dispose()
      const before = tf.memory().numTensors
      const { logits } = net.predict(inputs)
      assert.is(tf.memory().numTensors, before + 1)
      assert.equal(numbers(logits), numbers(expected.logits))
      net.dispose()
    })
  })

  s(`what depends on the weights alone is computed again when they have changed, on ${backend}`, async () => {
    await withBackend(backend, () => {
      const net = Small.init()
      const inputs = maps(4, 4)
      const first = numbers(net.predict(inputs).logits)
      at(net.trainable, net.trainable.indexOf(net.weights.mask as tf.Variable)).assign(tf.tensor1d([-1, 0, 0.5, 1]))
      const changed = numbers(net.predict(inputs).logits)
      assert.not.equal(changed, first)
      assert.equal(changed, numbers(small(net.weights, inputs).logits))
      net.dispose()
    })
  })

  s(`gives back all of its memory, on ${backend}`, async () => {
    await withBackend(backend, () => {
      const before = tf.memory().numTensors
      const net = Small.init()
      const inputs = maps(4, 4)
      tf.dispose([net.predict(inputs), net.apply(inputs), inputs])
      net.dispose()
      assert.is(tf.memory().numTensors, before)
      assert.throws(() => net.predict(inputs), /^Small was disposed of$/)
    })
  })

  s(`in training it normalises by the batch, moves the moving statistics and drops out, on ${backend}`, async () => {
    await withBackend(backend, () => {
      trainWith({ prepare: () => undefined, batchNorm: batchNormInTraining, dropout: dropoutInTraining })
      const net = Small.init()
      const inputs = maps(8, 8)
      const inference = numbers(net.apply(inputs).logits)
      assert.equal(numbers(net.weights.norm.mean), [0, 0, 0, 0])
      const training = numbers(net.apply(inputs, { training: true, seed: 7 }).logits)
      assert.not.equal(training, inference)
      const stem = tf.conv2d(tf.concat([inputs.image, inputs.depth], 3), net.weights.stem.kernel, 2, 1)
      const { mean, variance } = tf.moments(stem, [0, 1, 2])
      close(numbers(net.weights.norm.mean), numbers(tf.mul(0.1, mean)))
      close(numbers(net.weights.norm.variance), numbers(tf.add(0.9, tf.mul(0.1, variance))))
      assert.equal(numbers(net.apply(inputs, { training: true, seed: 7 }).logits), training)
      assert.not.equal(numbers(net.apply(inputs, { training: true, seed: 8 }).logits), training)
      assert.not.equal(
        numbers(net.apply(inputs, { training: true }).logits),
        numbers(net.apply(inputs, { training: true }).logits),
      )
      net.dispose()
    })
  })
}

const close = (actual: readonly number[], expected: readonly number[]): void => {
  assert.is(actual.length, expected.length)
  for (const [i, value] of actual.entries()) assert.ok(Math.abs(value - at(expected, i)) < 1e-5, `${actual} is not ${expected}`)
}

s('starts from the numbers of fmw init, by seed and path', async () => {
  await withBackend('cpu', () => {
    const net = Small.init({ seed: 11 })
    const drawn = (path: string, shape: readonly number[], scale: number) =>
      initialize(weightNode(path, shape, { kind: 'variance_scaling', scale, fan: 'out', distribution: 'normal' }), 11)
    assert.equal(net.weights.stem.kernel.dataSync(), drawn('stem/kernel', [3, 3, 2, 4], 2))
    assert.equal(at(net.weights.blocks, 1).kernel.dataSync(), drawn('blocks/1/kernel', [3, 3, 4, 4], 2))
    net.dispose()
  })
})

s('says which weights it has and which of them are trained', async () => {
  await withBackend('cpu', () => {
    const net = Small.init()
    assert.is(net.trainable.length, 9)
    assert.not(net.trainable.includes(net.weights.norm.mean as tf.Variable))
    assert.is(net.weights.stem.bias, undefined)
    assert.is(
      net.summary(),
      `Small: 400 numbers, 392 trainable
weight             shape         numbers
stem/kernel        [3, 3, 2, 4]       72
norm/scale         [4]                 4
norm/offset        [4]                 4
norm/mean          [4]                 4
norm/variance      [4]                 4
blocks/0/kernel    [3, 3, 4, 4]      144
blocks/0/bias      [4]                 4
blocks/1/kernel    [3, 3, 4, 4]      144
blocks/1/bias      [4]                 4
mask               [4]                 4
classifier/kernel  [4, 3]             12`,
    )
    net.dispose()
  })
})

s('a weight that has bounds is within them from the next call on', async () => {
  await withBackend('cpu', () => {
    const net = Small.init()
    at(net.trainable, net.trainable.indexOf(net.weights.mask as tf.Variable)).assign(tf.tensor1d([-3, 0, NaN, 3]))
    net.apply(maps(4, 4))
    assert.equal(numbers(net.weights.mask), [-1, 0, NaN, 1])
    net.dispose()
  })
})

s('a state that is annealed is led from where it begins to its initial value', async () => {
  await withBackend('cpu', () => {
    const weights: Specs<Softening> = { temperature: state([2], constant(1), { annealed: 30 }) }
    const Softening = model<Softening, object, { value: tf.Tensor }>({
      name: 'Softening',
      inputs: {},
      weights: () => weights,
      apply: ({ temperature }) => ({ value: tf.mul(temperature, 2) }),
    })
    const net = Softening.init()
    const at = (progress?: number) => numbers(net.apply({}, progress === undefined ? {} : { progress }).value)
    assert.equal(
      [at(), at(0), at(0.5), at(), at(1)],
      [
        [2, 2],
        [60, 60],
        [31, 31],
        [31, 31],
        [2, 2],
      ],
    )
  })
})

s('refuses inputs with everything that does not fit', async () => {
  await withBackend('cpu', () => {
    const net = Small.init()
    const wrong = { image: tf.zeros([2, 8, 8, 3]), depth: tf.zeros([1, 6, 8, 1], 'int32'), extra: tf.zeros([1]) }
    assert.throws(
      () => net.predict(wrong as unknown as SmallInputs),
      (error: unknown) =>
        error instanceof RangeError &&
        error.message ===
          'Small cannot take these inputs: there is no input extra; image must be [batch, H, W, 1], not [2, 8, 8, 3]; depth must be float32, not int32',
    )
    assert.throws(
      () => net.predict({ image: tf.zeros([2, 8, 8, 1]), depth: tf.zeros([1, 6, 8, 1]) }),
      /: batch is 2 in image \[2, 8, 8, 1\] and 1 in depth \[1, 6, 8, 1\]; H is 8 in image \[2, 8, 8, 1\] and 6 in depth \[1, 6, 8, 1\]$/,
    )
    assert.throws(
      () => net.predict({ image: tf.zeros([0, 8, 8, 1]), depth: tf.zeros([0, 8, 8, 1]) }),
      /image \[0, 8, 8, 1\] has no values/,
    )
    assert.throws(
      () => net.predict({ image: tf.zeros([1, 0, 0, 1]), depth: tf.zeros([1, 0, 0, 1]) }),
      /: image \[1, 0, 0, 1\] has no values; depth \[1, 0, 0, 1\] has no values$/,
    )
    assert.throws(
      () => net.predict({ image: tf.zeros([1, 8, 8, 1]) } as SmallInputs),
      /the input depth \[batch, H, W, 1\] is missing/,
    )
    net.dispose()
  })
})

s('replace disposes of the old and never of the next', async () => {
  await withBackend('cpu', () => {
    const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)] as const
    assert.is(replace(a, a), a)
    assert.is(a.isDisposed, false)
    assert.is(replace([a, b], b), b)
    assert.equal([a.isDisposed, b.isDisposed], [true, false])
    assert.equal(replace([b, c], [c]), [c])
    assert.equal([b.isDisposed, c.isDisposed], [true, false])
  })
})

s('there is an element, or an error that names the others', () => {
  assert.is(at([5, 6], 1), 6)
  assert.is(at({ 0: 'a', 2: 'b' }, 2), 'b')
  assert.throws(() => at({ 0: 'a', 2: 'b' }, 1), /^there is no element 1, only 0, 2$/)
  assert.throws(() => at([], 0), RangeError)
  assert.equal([...range(3)], [0, 1, 2])
  assert.equal([...range(1, 3)], [1, 2])
  assert.equal([...range(2, 1)], [])
})

s('a large constant is made at each call outside of predict', () => {
  let count = 0
  const make = (): tf.Tensor => (count++, tf.scalar(1))
  tf.tidy(() => [fixed(make), fixed(make)])
  assert.is(count, 2)
})

s.run()
