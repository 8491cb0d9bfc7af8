import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { classLabels } from './class-rows.ts'
import { likeTargets } from './like-targets.ts'
import { isOfClasses, type LossName } from './losses.ts'

/** How often a target (the row) was taken for a class (the column), over samples and places. */
export class Confusion {
  readonly counts: number[][]

  constructor(classes: number) {
    this.counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
  }

  add(targets: ArrayLike<number>, found: ArrayLike<number>): void {
    for (let i = 0; i < targets.length; i++) {
      const row = this.counts[targets[i]!]
      // a value that is no number is no class
      if (row && found[i]! in row) row[found[i]!]!++
    }
  }
}

/** Targets and what the value of a loss says they are, as numbers of classes; -1 where it is no number. */
export function saidClasses(tf: Tfjs, loss: LossName, value: Tensor, targets: Tensor): { readonly targets: ArrayLike<number>; readonly found: ArrayLike<number> } {
  if (isOfClasses(loss)) {
    const isNumber = tf.equal(tf.sum(tf.mul(value, 0), -1), 0)
    const found = tf.where(isNumber, tf.cast(tf.argMax(value, -1), 'float32'), tf.scalar(-1))
    return { targets: classLabels(tf, targets, value).dataSync(), found: found.dataSync() }
  }
  const x = likeTargets(tf, value, targets)
  const threshold = loss === 'binary_nll' ? 0.5 : 0
  const isNumber = tf.equal(tf.mul(x, 0), 0)
  const found = tf.where(isNumber, tf.cast(tf.greater(x, threshold), 'float32'), tf.scalar(-1))
  return { targets: tf.cast(tf.greater(targets, 0.5), 'float32').dataSync(), found: found.dataSync() }
}
