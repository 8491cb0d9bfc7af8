import type { Tensor } from '@tensorflow/tfjs-core'
import { createRunner } from '../../codegen/tfjs/runner.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { Batch } from '../data/dataset.ts'
import { batchInputs } from './batch-tensors.ts'
import type { Measured, Totals } from './measured.ts'
import { countedTargets, lossOf } from './objective.ts'
import { optimized } from './optimized.ts'
import { scoped } from './scoped.ts'
import { totalsOf, type Outcome } from './totals-of.ts'
import { unsupportedFailure } from './unsupported-failure.ts'

/** A model outside of training, on a backend. */
export interface Evaluator {
  readonly load: (weights: ReadonlyMap<string, Tensor>) => void
  /**
   * Losses and metrics of a batch.
   *
   * @param see is shown what each objective came to, in their order, before it is gone
   */
  readonly measure: (batch: Batch, see?: (outcomes: readonly Outcome[]) => void) => Totals
  readonly dispose: () => void
}

/**
 * @param rewritten what is computed instead of the graph of the task
 * @throws Failure `training/unsupported` where TensorFlow.js cannot compute a node
 */
export function createEvaluator(task: Measured, rewritten: Graph = optimized(task)): Evaluator {
  const { tf, objectives } = task
  const created = createRunner(rewritten, tf)
  if ('unsupported' in created) throw unsupportedFailure(created.unsupported)
  const { runner } = created
  return {
    load: (weights) => runner.load(weights),
    measure: (batch, see) =>
      scoped(tf, () => {
        const values = runner.run(batchInputs(batch, tf))
        const counted = countedTargets(tf, objectives, batch)
        const outcomes = objectives.map((objective, i): Outcome => {
          const value = values[objective.output.name]!
          return { objective, value, counted: counted[i]!, loss: lossOf(tf, objective, value, counted[i]!) }
        })
        see?.(outcomes)
        return totalsOf(tf, outcomes)
      }),
    dispose: () => runner.dispose(),
  }
}
