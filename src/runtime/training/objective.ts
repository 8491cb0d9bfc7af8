import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { Graph, Node } from '../../compiler/graph/graph.ts'
import type { Batch } from '../data/dataset.ts'
import { dataTensor } from './batch-tensors.ts'
import { logitsOf } from './logits-of.ts'
import { isOfClasses, losses, type LossName } from './losses.ts'
import { meanOfAll, sumOfAll } from './mean-of-all.ts'
import { metricsOf, type Metric } from './metric.ts'
import { oneHot } from './one-hot.ts'

/** An output of a model, and what it should be measured by. */
export interface Goal {
  readonly output: Graph['outputs'][number]
  readonly loss: LossName
  /** The factor of its loss in the sum that is made smaller. */
  readonly weight: number
  /** How much an element of each class counts; all alike where it is absent. Of ones against zeros that of 0, then that of 1. */
  readonly classWeights?: readonly number[]
  /** The number that stands where nothing is said: such elements do not count. */
  readonly ignored?: number
  /** Whether its targets have values between 0 and 1, which are of no class: nothing is right or wrong then. */
  readonly hasParts?: boolean
}

/** What is computed of a goal. */
export interface Objective extends Goal {
  /** What the loss is computed from: the output, or its logits. */
  readonly value: Node
  readonly metrics: readonly Metric[]
}

export function objectiveOf(goal: Goal): Objective {
  const classes = goal.output.node.type.shape.at(-1)?.dim
  return {
    ...goal,
    value: logitsOf(goal.output.node, goal.loss),
    metrics: goal.hasParts ? [] : metricsOf(goal.loss, typeof classes === 'number' ? classes : 1),
  }
}

/** The targets of a batch, and how much each of their elements counts. */
export interface Counted {
  /** Numbers that are ignored are 0 in it. */
  readonly targets: Tensor
  /** 1 for what counts and 0 for what is ignored, for each element of the loss; absent where all count. */
  readonly mask?: Tensor
  /** With the weights of classes; absent where all count alike. */
  readonly weights?: Tensor
}

function countedOf(tf: Tfjs, { output, loss, classWeights, ignored }: Goal, given: Tensor): Counted {
  // shares of classes, and no labels
  const isRows = isOfClasses(loss) && given.rank === output.node.type.shape.length + 1
  const isSaid = ignored === undefined ? undefined : Number.isNaN(ignored) ? tf.equal(given, given) : tf.notEqual(given, ignored)
  const targets = isSaid ? tf.where(isSaid, given, tf.zerosLike(given)) : given
  const said = isSaid && tf.cast(isSaid, 'float32')
  const mask = said && (isRows ? tf.min(said, -1) : said)
  if (!classWeights) return mask ? { targets, mask, weights: mask } : { targets }
  const byClass = isOfClasses(loss)
    ? tf.sum(tf.mul(isRows ? targets : oneHot(tf, targets, classWeights.length), tf.tensor1d([...classWeights])), -1)
    : tf.add(tf.mul(tf.sub(1, targets), classWeights[0]!), tf.mul(targets, classWeights[1]!))
  return mask ? { targets, mask, weights: tf.mul(byClass, mask) } : { targets, weights: byClass }
}

/** What a batch says that each objective should be, in their order. */
export const countedTargets = (tf: Tfjs, objectives: readonly Objective[], { targets }: Batch): readonly Counted[] =>
  objectives.map((objective) => countedOf(tf, objective, dataTensor(targets[objective.output.name]!, tf)))

/** The mean of the loss over what counts, Σ wₖ lₖ / Σ wₖ; 0 where nothing does. */
export function lossOf(tf: Tfjs, { loss }: Goal, output: Tensor, { targets, weights }: Counted): Scalar {
  const elements = losses[loss](tf, output, targets)
  if (!weights) return meanOfAll(tf, elements)
  return tf.div<Scalar>(sumOfAll(tf, tf.mul(elements, weights)), tf.maximum(sumOfAll(tf, weights), smallest))
}

/** Below it no sum of weights is more than rounding. */
const smallest = 1e-20
