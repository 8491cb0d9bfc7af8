import type { Tensor } from '@tensorflow/tfjs-core'
import { createRunner } from '../../codegen/tfjs/runner.ts'
import type { Batch } from '../data/dataset.ts'
import { batchInputs, dataTensor } from './batch-tensors.ts'
import type { Measured, Totals } from './measured.ts'
import { scoped } from './scoped.ts'
import { totalsOf } from './totals-of.ts'
import { unsupportedFailure } from './unsupported-failure.ts'

/** A model outside of training, on a backend. */
export interface Evaluator {
  readonly load: (weights: ReadonlyMap<string, Tensor>) => void
  /**
   * Loss and metrics of a batch.
   *
   * @param see is shown the value the loss is computed from, and the targets, before they are gone
   */
  readonly measure: (batch: Batch, see?: (value: Tensor, targets: Tensor) => void) => Totals
  readonly dispose: () => void
}

/** @throws Failure `training/unsupported` where TensorFlow.js cannot compute a node */
export function createEvaluator(task: Measured): Evaluator {
  const { graph, tf, output } = task
  const created = createRunner({ ...graph, outputs: [{ name: 'output', node: output }] }, tf)
  if ('unsupported' in created) throw unsupportedFailure(created.unsupported)
  const { runner } = created
  return {
    load: (weights) => runner.load(weights),
    measure: (batch, see) =>
      scoped(tf, () => {
        const value = runner.run(batchInputs(batch, tf))['output']!
        const targets = dataTensor(batch.targets, tf)
        see?.(value, targets)
        return totalsOf(task, task.loss(tf, value, targets), value, targets)
      }),
    dispose: () => runner.dispose(),
  }
}
