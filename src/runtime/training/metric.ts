import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { LossName } from './losses.ts'
import { absolute } from './absolute.ts'
import { contrastiveThreshold } from './contrastive.ts'
import { likeTargets } from './like-targets.ts'
import { classLabels } from './class-rows.ts'

/** A measure that people read, computed from the value the loss is computed from. */
export interface Metric {
  readonly name: string
  /** Of each element [batch, ...] that the loss compares; its mean is read. */
  readonly elements: (tf: Tfjs, output: Tensor, targets: Tensor) => Tensor
}

const accuracy: Metric = {
  name: 'accuracy',
  elements: (tf, logits, targets) => isAmongTop(tf, logits, targets, 1),
}

const top5Accuracy: Metric = {
  name: 'top-5 accuracy',
  elements: (tf, logits, targets) => isAmongTop(tf, logits, targets, 5),
}

/** The label is 1 where the output is above a threshold. */
const binaryAccuracy = (threshold: number): Metric => ({
  name: 'accuracy',
  elements: (tf, output, targets) =>
    tf.cast(tf.equal(tf.greater(likeTargets(tf, output, targets), threshold), tf.greater(targets, 0.5)), 'float32'),
})

const meanAbsoluteError: Metric = {
  name: 'mae',
  elements: (tf, output, targets) => absolute(tf, tf.sub(likeTargets(tf, output, targets), targets)),
}

/** The names of the measures that are shares of the samples. */
export const shares: ReadonlySet<string> = new Set([accuracy, top5Accuracy].map(({ name }) => name))

/** The value above which an output of the loss is read as 1. */
export const thresholdOf = (loss: LossName): number => (loss === 'binary_nll' ? 0.5 : loss === 'contrastive' ? contrastiveThreshold : 0)

/** The measures that go with a loss, for an output with this many classes (the extent of its last axis). */
export function metricsOf(loss: LossName, classes: number): readonly Metric[] {
  switch (loss) {
    case 'categorical_crossentropy':
    case 'nll':
      return classes > 5 ? [accuracy, top5Accuracy] : [accuracy]
    case 'binary_crossentropy':
    case 'binary_nll':
    case 'contrastive':
      return [binaryAccuracy(thresholdOf(loss))]
    case 'mse':
      return [meanAbsoluteError]
    case 'mae':
      return []
  }
}

/**
 * 1 where fewer than k classes come before the label, ordered by logit and then by index. It counts the classes that come after
 * the label: with logits that are NaN there are none, and nothing is right. In JavaScript: by calls of the backend, it took a tenth of a
 * step of a small network.
 */
function isAmongTop(tf: Tfjs, logits: Tensor, targets: Tensor, k: number): Tensor {
  const classes = logits.shape.at(-1)!
  const [values, labels] = [logits.dataSync(), classLabels(tf, targets, logits).dataSync()]
  const right = Float32Array.from(labels, (label, row) => {
    const first = row * classes
    const own = values[first + label]!
    let after = 0
    for (let i = 0; i < classes; i++) {
      const value = values[first + i]!
      if (value < own || (value === own && i > label)) after += 1
    }
    return after >= classes - k ? 1 : 0
  })
  return tf.tensor(right, logits.shape.slice(0, -1))
}
