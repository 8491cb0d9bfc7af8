import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import type { LossName } from '../../src/runtime/training/losses.ts'
import { metricsOf } from '../../src/runtime/training/metric.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { near } from './near.ts'

const s = suite('metric')

/** The sums over samples of each sample's mean. */
const totals = (tf: Tfjs, loss: LossName, output: Tensor, targets: Tensor): Readonly<Record<string, number>> =>
  Object.fromEntries(
    metricsOf(loss, output.shape.at(-1)!).map(({ name, elements }) => {
      const found = elements(tf, output, targets)
      assert.is(found.shape[0], targets.shape[0])
      return [name, (tf.sum(found).dataSync()[0]! * found.shape[0]!) / found.size]
    }),
  )

const onEveryBackend = async (check: (tf: Tfjs) => void): Promise<void> => {
  for (const backend of await availableBackends()) await withBackend(backend, check)
}

s('accuracy counts the samples whose label has the largest logit, top-5 accuracy those with the label among five', async () => {
  const { normal, uniform } = randomStream(3, 'logits')
  const logits = Array.from({ length: 40 }, () => Array.from({ length: 8 }, normal))
  const labels = logits.map(() => Math.floor(uniform() * 8))
  const places = logits.map((row, i) => [...row.keys()].sort((a, b) => row[b]! - row[a]!).indexOf(labels[i]!))
  const among = (k: number): number => places.filter((place) => place < k).length
  const expected = { accuracy: among(1), 'top-5 accuracy': among(5) }
  assert.ok(expected.accuracy > 0 && expected['top-5 accuracy'] < 40)
  await onEveryBackend((tf) =>
    assert.equal(totals(tf, 'categorical_crossentropy', tf.tensor2d(logits), tf.tensor1d(labels)), expected),
  )
})

s('of equal logits the first class comes first, so a model that knows nothing is not right', async () => {
  await onEveryBackend((tf) => {
    const expected = { accuracy: 1, 'top-5 accuracy': 5 }
    assert.equal(totals(tf, 'categorical_crossentropy', tf.zeros([7, 7]), tf.range(0, 7)), expected)
  })
})

s('logits that are NaN are never right', async () => {
  await onEveryBackend((tf) => {
    assert.equal(totals(tf, 'categorical_crossentropy', tf.fill([2, 6], NaN), tf.tensor1d([0, 5])), {
      accuracy: 0,
      'top-5 accuracy': 0,
    })
  })
})

s('an output of five classes or fewer has no top-5 accuracy', () => {
  assert.equal(metricsOf('categorical_crossentropy', 5).map(({ name }) => name), ['accuracy'])
  assert.equal(metricsOf('categorical_crossentropy', 6).map(({ name }) => name), ['accuracy', 'top-5 accuracy'])
})

s('labels of every position of a map count by their part of the sample', async () => {
  await onEveryBackend((tf) => {
    const logits = tf.tensor3d([1, 0, 0, 1, 1, 0, 0, 1, 3, 2, 5, 4, 0, 1, 0, 1], [2, 4, 2])
    assert.equal(totals(tf, 'categorical_crossentropy', logits, tf.tensor2d([[0, 1, 0, 0], [1, 1, 1, 0]])), { accuracy: 1 })
  })
})

s('binary accuracy takes a positive logit as 1', async () => {
  await onEveryBackend((tf) => {
    assert.equal(totals(tf, 'binary_crossentropy', tf.tensor2d([[3], [-1], [0], [0.1], [-5]]), tf.tensor1d([1, 0, 0, 0, 1])), {
      accuracy: 3,
    })
  })
})

s('a regression is measured by its mean absolute error, over the elements of each sample', async () => {
  await onEveryBackend((tf) => {
    const { mae } = totals(tf, 'mse', tf.tensor2d([[1, 2], [0, -4], [5, 5]]), tf.tensor2d([[1, 4], [3, 4], [5, 5]]))
    near([mae!], [0 + 1 + 5.5], 1e-6, 'mae')
  })
  assert.equal(metricsOf('mae', 1), [])
})

s('sums over batches of unequal size give the mean over all samples', async () => {
  await onEveryBackend((tf) => {
    const [output, targets] = [tf.tensor1d([1, -2, 3, 0.5, -1]), tf.tensor1d([0, 1, 3, 0, 7])]
    const whole = totals(tf, 'mse', output, targets).mae!
    const part = (from: number, size: number): number =>
      totals(tf, 'mse', tf.slice(output, from, size), tf.slice(targets, from, size)).mae!
    near([part(0, 3) + part(3, 2)], [whole], 1e-6, 'mae')
  })
})

s.run()
