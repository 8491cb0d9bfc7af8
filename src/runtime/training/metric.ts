import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { LossName } from './losses.ts'
import { absolute } from './absolute.ts'
import { likeTargets } from './like-targets.ts'
import { classLabels } from './class-rows.ts'
import { oneHot } from './one-hot.ts'

/** A measure that people read, computed from the value the loss is computed from. */
export interface Metric {
  readonly name: string
  /** The sum over the samples of a batch of each sample's mean: batch totals over the number of samples give an exact mean. */
  readonly total: (tf: Tfjs, output: Tensor, targets: Tensor) => Scalar
}

const accuracy: Metric = {
  name: 'accuracy',
  total: (tf, logits, targets) => sumOfMeans(tf, isAmongTop(tf, logits, targets, 1)),
}

const top5Accuracy: Metric = {
  name: 'top-5 accuracy',
  total: (tf, logits, targets) => sumOfMeans(tf, isAmongTop(tf, logits, targets, 5)),
}

/** The label is 1 where the output is above a threshold. */
const binaryAccuracy = (threshold: number): Metric => ({
  name: 'accuracy',
  total: (tf, output, targets) =>
    sumOfMeans(tf, tf.equal(tf.greater(likeTargets(tf, output, targets), threshold), tf.greater(targets, 0.5))),
})

const meanAbsoluteError: Metric = {
  name: 'mae',
  total: (tf, output, targets) => sumOfMeans(tf, absolute(tf, tf.sub(likeTargets(tf, output, targets), targets))),
}

/** The names of the measures that are shares of the samples. */
export const shares: ReadonlySet<string> = new Set([accuracy, top5Accuracy].map(({ name }) => name))

/** The measures that go with a loss, for an output with this many classes (the extent of its last axis). */
export function metricsOf(loss: LossName, classes: number): readonly Metric[] {
  switch (loss) {
    case 'categorical_crossentropy':
    case 'nll':
      return classes > 5 ? [accuracy, top5Accuracy] : [accuracy]
    case 'binary_crossentropy':
      return [binaryAccuracy(0)]
    case 'binary_nll':
      return [binaryAccuracy(0.5)]
    case 'mse':
      return [meanAbsoluteError]
    case 'mae':
      return []
  }
}

/**
 * 1 where fewer than k classes come before the label, ordered by logit and then by index. It counts the classes that come after
 * the label: with logits that are NaN there are none, and nothing is right.
 */
function isAmongTop(tf: Tfjs, logits: Tensor, targets: Tensor, k: number): Tensor {
  const classes = logits.shape.at(-1)!
  const labels = classLabels(tf, targets, logits)
  const own = tf.sum(tf.mul(oneHot(tf, labels, classes), logits), -1, true)
  const later = tf.greater(tf.range(0, classes), tf.expandDims(labels, -1))
  const after = tf.logicalOr(tf.less(logits, own), tf.logicalAnd(tf.equal(logits, own), later))
  return tf.greaterEqual(tf.sum(tf.cast(after, 'float32'), -1), classes - k)
}

const sumOfMeans = (tf: Tfjs, perElement: Tensor): Scalar =>
  tf.div<Scalar>(tf.sum(tf.cast(perElement, 'float32')), perElement.size / perElement.shape[0]!)
