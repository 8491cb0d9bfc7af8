import * as tf from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { availableBackends, withBackend } from '../../backends.ts'
import { Small, type SmallInputs } from './small.ts'

const s = suite('training an emitted module')

/** Importing it is all that training needs; late, because other tests try what happens without. */
const trainable = () => import('../../../src/codegen/tfjs/runtime/fmw-training.ts')

const inputs = (batch: number): SmallInputs => ({
  image: tf.randomUniform([batch, 6, 6, 1], -1, 1, 'float32', 1),
  depth: tf.randomUniform([batch, 6, 6, 1], -1, 1, 'float32', 2),
})

/** What is held, of which nothing may be left behind. */
function memory() {
  const { numTensors, numDataBuffers, numBytes } = tf.memory()
  return { numTensors, numDataBuffers, numBytes }
}

/** Small enough to cross no edge of a relu or a pooling. */
const step = 2 ** -11

for (const backend of ['cpu', 'wasm'] as const) {
  s(`every weight has the gradient of the forward pass as in training, on ${backend}`, async () => {
    await trainable()
    await withBackend(backend, () => {
      const net = Small.init({ seed: 1 })
      // away from bounds, and from the edges at which zeros lie
      for (const variable of net.trainable) variable.assign(tf.add(tf.mul(0.5, variable), 0.1))
      const given = inputs(3)
      const targets = tf.randomUniform([3, 3], -1, 1, 'float32', 3)
      const loss = (): tf.Scalar =>
        tf.tidy(() => tf.sum(tf.squaredDifference(net.apply(given, { training: true, seed: 4 }).logits, targets)))
      const { grads } = tf.variableGrads(loss, net.trainable)
      for (const [number, variable] of net.trainable.entries()) {
        const gradient = grads[variable.name]!.dataSync()
        const values = variable.dataSync()
        for (const i of [0, values.length - 1]) {
          const moved = (by: number): number => {
            const changed = values.slice()
            changed[i]! += by
            tf.tidy(() => variable.assign(tf.tensor(changed, variable.shape)))
            return tf.tidy(() => loss().dataSync()[0]!)
          }
          const difference = (moved(step) - moved(-step)) / (2 * step)
          moved(0)
          const message = `weight ${number}, element ${i}: ${gradient[i]} is not ${difference}`
          assert.ok(Math.abs(gradient[i]! - difference) < 0.02 * Math.max(0.05, Math.abs(difference)), message)
        }
      }
    })
  })
}

for (const backend of await availableBackends()) {
  s(`an optimiser learns, and leaves nothing behind, on ${backend}`, async () => {
    await trainable()
    await withBackend(backend, () => {
      const net = Small.init({ seed: 1 })
      const given = inputs(4)
      const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 1], 'int32'), 3) as tf.Tensor2D
      const optimizer = tf.train.adam(0.02)
      const minimize = (): number => {
        const value = optimizer.minimize(
          () => tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(labels, net.apply(given, { training: true }).logits),
          true,
          net.trainable,
        )!
        const [loss] = value.dataSync()
        value.dispose()
        return loss!
      }
      tf.env().set('IS_TEST', false)
      const first = minimize()
      const before = memory()
      let last = first
      for (let i = 0; i < 100; i++) last = minimize()
      tf.env().set('IS_TEST', true)
      assert.equal(memory(), before)
      assert.ok(last < first / 2, `${first} ${last}`)
      optimizer.dispose()
    })
  })

  s(`a thousand predictions leave nothing behind, on ${backend}`, async () => {
    await withBackend(backend, () => {
      const net = Small.init()
      const given = inputs(1)
      tf.dispose(net.predict(given))
      const before = memory()
      for (let i = 0; i < 1000; i++) tf.dispose(net.predict(given))
      assert.equal(memory(), before)
    })
  })
}

s('training that throws leaves the next prediction as it was', async () => {
  await trainable()
  await withBackend('cpu', () => {
    const net = Small.init()
    const expected = [...net.predict(inputs(1)).logits.dataSync()]
    const wrong = { ...inputs(1), depth: tf.zeros<tf.Rank.R4>([2, 6, 6, 1]) }
    assert.throws(() => net.apply(wrong, { training: true }), RangeError)
    assert.equal([...net.predict(inputs(1)).logits.dataSync()], expected)
  })
})

s.run()
