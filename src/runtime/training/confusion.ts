import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { classLabels } from './class-rows.ts'
import { likeTargets } from './like-targets.ts'
import { isOfClasses } from './losses.ts'
import { thresholdOf } from './metric.ts'
import type { Outcome } from './totals-of.ts'

/** Numbers of classes, one for each target. */
interface Said {
  readonly targets: ArrayLike<number>
  readonly found: ArrayLike<number>
}

/** How often a target (the row) was taken for a class (the column), over samples and places. */
export class Confusion {
  readonly counts: number[][]

  constructor(classes: number) {
    this.counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
  }

  add({ targets, found }: Said): void {
    for (let i = 0; i < targets.length; i++) {
      const row = this.counts[targets[i]!]
      // a value that is no number is no class
      if (row && found[i]! in row) row[found[i]!]!++
    }
  }
}

/** Targets and what the value of a loss says they are, as numbers of classes; -1 where it is no number, and for targets that are ignored. */
export function saidClasses(tf: Tfjs, { objective: { loss }, value, counted: { targets, mask } }: Outcome): Said {
  const counting = (labels: Tensor): ArrayLike<number> => (mask ? tf.where(tf.cast(mask, 'bool'), labels, tf.scalar(-1)) : labels).dataSync()
  if (isOfClasses(loss)) {
    const isNumber = tf.equal(tf.sum(tf.mul(value, 0), -1), 0)
    const found = tf.where(isNumber, tf.cast(tf.argMax(value, -1), 'float32'), tf.scalar(-1))
    return { targets: counting(classLabels(tf, targets, value)), found: found.dataSync() }
  }
  const x = likeTargets(tf, value, targets)
  const isNumber = tf.equal(tf.mul(x, 0), 0)
  const found = tf.where(isNumber, tf.cast(tf.greater(x, thresholdOf(loss)), 'float32'), tf.scalar(-1))
  return { targets: counting(tf.cast(tf.greater(targets, 0.5), 'float32')), found: found.dataSync() }
}
