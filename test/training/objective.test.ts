import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OpenedTarget } from '../../src/runtime/data/opened-dataset.ts'
import { balancedWeights, classCounts } from '../../src/runtime/training/class-weights.ts'
import { countedTargets, lossOf, objectiveOf, type Goal } from '../../src/runtime/training/objective.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { array } from '../data/samples.ts'
import { near } from './near.ts'

const s = suite('objective')

const graph = graphOf('model M {\n  input x: [3]\n  output y = x |> dense(3)\n}')
const goal = (given: Partial<Goal> = {}): Goal => ({ output: graph.outputs[0]!, loss: 'categorical_crossentropy', weight: 1, ...given })

const logits = [1, 2, 3, 0, 1, 0, 2, 2, 2, 0, 0, 1]
/** Of each row of logits −Σ t log softmax. */
const losses = (shares: readonly (readonly number[])[]): readonly number[] =>
  shares.map((row, i) => {
    const x = logits.slice(3 * i, 3 * i + 3)
    const total = Math.log(x.reduce((sum, value) => sum + Math.exp(value), 0))
    return row.reduce((sum, share, k) => sum + share * (total - x[k]!), 0)
  })

const mean = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / weights.reduce((sum, weight) => sum + weight, 0)

const onEveryBackend = async (one: Goal, targets: readonly number[], shape: readonly number[], expected: number): Promise<void> => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      const objective = objectiveOf(one)
      const [counted] = countedTargets(tf, [objective], { inputs: {}, targets: { y: array(shape, targets) } })
      near([lossOf(tf, objective, tf.tensor2d([...logits], [4, 3]), counted!).dataSync()[0]!], [expected], 1e-6, backend)
    })
  }
}

s('weights of classes and what is ignored act together: Σ wₖ lₖ / Σ wₖ of what is left', () => {
  const classWeights = [1, 2, 4]
  const each = losses([[1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 1, 0]])
  return onEveryBackend(goal({ classWeights, ignored: 255 }), [0, 255, 2, 1], [4], mean(each, [1, 0, 4, 2]))
})

s('a row of shares weighs what its classes weigh together, and does not count where one of its numbers is ignored', async () => {
  const rows = [[0.5, 0.5, 0], [0, 0.25, 0.75], [-1, -1, -1], [1, 0, 0]]
  const each = losses(rows.with(2, [0, 0, 0]))
  await onEveryBackend(goal({ classWeights: [1, 2, 4], ignored: -1 }), rows.flat(), [4, 3], mean(each, [1.5, 3.5, 0, 1]))
  await onEveryBackend(goal({ ignored: -1 }), rows.flat(), [4, 3], mean(each, [1, 1, 0, 1]))
})

s('a batch of which nothing counts has the loss 0', () => onEveryBackend(goal({ ignored: 7 }), [7, 7, 7, 7], [4], 0))

const opened = (kind: OpenedTarget['kind'], shape: readonly number[], values: readonly number[]): OpenedTarget =>
  ({ kind, data: array(shape, values), name: 'labels' })

s('classes are counted among some samples by their labels, by their shares, and as zeros and ones', () => {
  assert.equal(classCounts(goal({ ignored: 9 }), opened('labels', [4, 2], [0, 2, 2, 9, 1, 1, 2, 2]), [0, 1, 3]), [1, 0, 4])
  assert.equal(classCounts(goal(), opened('values', [3, 3], [0.5, 0.5, 0, 0, 0.25, 0.75, 1, 0, 0]), [0, 1]), [0.5, 0.75, 0.75])
  assert.equal(classCounts(goal({ loss: 'binary_crossentropy' }), opened('values', [2, 3], [0, 1, 1, 0, 0, 1]), [0, 1]), [3, 3])
  // what lies between is of no class, unless it is ignored
  assert.equal(classCounts(goal({ loss: 'binary_crossentropy' }), opened('values', [2, 3], [0, 1, 1, 0, 0, 0.5]), [0, 1]), [])
  assert.equal(classCounts(goal({ loss: 'binary_crossentropy', ignored: 0.5 }), opened('values', [2, 3], [0, 1, 1, 0, 0, 0.5]), [0, 1]), [3, 2])
})

s('balanced classes count alike together, as often as there are elements; one without samples counts once', () => {
  assert.equal(balancedWeights([6, 2, 0]), [8 / 12, 8 / 4, 1])
  assert.equal(balancedWeights([3, 3]), [1, 1])
})

s.run()
