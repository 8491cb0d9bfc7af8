import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { Totals } from './measured.ts'
import { sumOfAll } from './mean-of-all.ts'
import type { Counted, Objective } from './objective.ts'

/** What an objective came to for a batch. */
export interface Outcome {
  readonly objective: Objective
  readonly value: Tensor
  readonly counted: Counted
  readonly loss: Tensor
}

/** What a batch adds to the sums over samples. */
export function totalsOf(tf: Tfjs, outcomes: readonly Outcome[]): Totals {
  const wanted = outcomes.map(({ objective: { metrics }, value, counted: { targets, mask, weights }, loss }) => ({
    samples: targets.shape[0]!,
    loss,
    weight: weights && sumOfAll(tf, weights),
    metrics: metrics.map(({ elements }) => {
      const found = elements(tf, value, targets)
      return { sum: sumOfAll(tf, mask ? tf.mul(found, mask) : found), count: mask ? sumOfAll(tf, mask) : found.size }
    }),
  }))
  const scalars = wanted.flatMap(({ loss, weight, metrics }) => [loss, weight, ...metrics.flatMap(({ sum, count }) => [sum, count])].filter((each) => typeof each === 'object'))
  // read back together: each reading waits for the backend
  const numbers = tf.stack(scalars).dataSync()
  const numberOf = (scalar: Tensor | number): number => (typeof scalar === 'number' ? scalar : numbers[scalars.indexOf(scalar)]!)
  return wanted.map(({ samples, loss, weight, metrics }) => {
    const count = numberOf(weight ?? samples)
    return {
      loss: { total: numberOf(loss) * count, count },
      metrics: metrics.map((metric) => ({ total: numberOf(metric.sum), count: numberOf(metric.count) })),
    }
  })
}
