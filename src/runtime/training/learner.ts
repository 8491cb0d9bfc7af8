import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { createTrainingRunner, type TrainingRunner } from '../../codegen/tfjs/training-runner.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { gradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf, type Node, type Shape, type WeightNode } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { mendGradients } from '../../codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { annealedAt, annealedStates } from './anneal.ts'
import { clipByGlobalNorm } from './clip.ts'
import { batchInputs, dataTensor } from './batch-tensors.ts'
import { createEvaluator } from './evaluator.ts'
import { keepWithin } from './keep-within.ts'
import type { Measured, Totals } from './measured.ts'
import { totalsOf } from './totals-of.ts'
import { unsupportedFailure } from './unsupported-failure.ts'
import { allFinite, notFinite } from './not-finite.ts'
import type { Optimizer } from './optimizer.ts'
import { scoped } from './scoped.ts'
import type { Batch } from '../data/dataset.ts'
import { withGradients } from './with-gradients.ts'

/** What is learned, and how. */
export interface Task extends Measured {
  readonly optimizer: Optimizer
  /** The largest global norm of the gradients. */
  readonly clip?: number | undefined
}

/** Where learning begins. */
export interface Start {
  /** Of all weights, by path. */
  readonly weights: ReadonlyMap<string, TensorData>
  /** What the optimiser remembers, by `slot/path`, in the shapes of the weights; zeros where nothing is given. */
  readonly slots: ReadonlyMap<string, TensorData>
}

interface StepSettings {
  /** From 1, over all epochs. */
  readonly step: number
  readonly rate: number
  /** A whole number from which the step's random numbers are drawn. */
  readonly seed: number
  /** The step with which annealed states reach their final value. */
  readonly annealSteps: number
}

/** The weights of a model while it is trained, on a backend. */
export interface Learner {
  /**
   * One step of the optimiser. No weight has changed when it throws.
   *
   * @throws Failure `training/not-finite` with the node that gave the first value that is not finite
   * @throws MismatchError where the batch does not fit the model
   */
  readonly step: (batch: Batch, settings: StepSettings) => Totals
  /** Loss and metrics as outside of training. */
  readonly evaluate: (batch: Batch) => Totals
  readonly weights: () => ReadonlyMap<string, TensorData>
  readonly slots: () => ReadonlyMap<string, TensorData>
  readonly dispose: () => void
}

/**
 * @throws Failure `training/unsupported` where TensorFlow.js cannot compute a node, `training/nothing-to-train` where no gradient
 *   reaches a
 * trainable weight
 */
export function createLearner(task: Task, start: Start): Learner {
  const { graph, tf, output, optimizer } = task
  mendGradients(tf)
  const { trained } = gradientReach(graph, output)
  if (trained.length === 0) throw new Failure([problem('training/nothing-to-train', { model: graph.name })])
  const training = createTrainingRunner(graph, [output], tf)
  if ('unsupported' in training) throw unsupportedFailure(training.unsupported)
  const evaluator = createEvaluator(task)
  const weights = new Map(weightsOf(graph).map(({ path }) => [path, variableOf(start.weights.get(path), path, tf)]))
  const slotsOf = ({ path, type }: WeightNode): readonly Variable[] =>
    optimizer.slots.map((slot) => variableOf(start.slots.get(`${slot}/${path}`) ?? zeros(type.shape), path, tf))
  const slots = new Map(trained.map((node) => [node.path, slotsOf(node)]))
  const annealed = annealedStates(graph)
  let loaded = false

  const step = (batch: Batch, settings: StepSettings): Totals => {
    for (const state of annealed) {
      const held = weights.get(state.path)!
      tf.tidy(() => held.assign(tf.fill(held.shape, annealedAt(state, settings.step, settings.annealSteps))))
    }
    loaded = false
    return scoped(tf, () => stepOnce(task, { trained, runner: training.runner, weights, slots }, batch, settings))
  }

  const evaluate = (batch: Batch): Totals => {
    if (!loaded) evaluator.load(weights)
    loaded = true
    return evaluator.measure(batch)
  }

  return {
    step,
    evaluate,
    weights: () => new Map([...weights].map(([path, held]) => [path, dataOf(held)])),
    slots: () =>
      new Map(
        [...slots].flatMap(([path, list]) => list.map((held, i) => [`${optimizer.slots[i]}/${path}`, dataOf(held)] as const)),
      ),
    dispose: () => {
      evaluator.dispose()
      tf.dispose([...weights.values(), ...[...slots.values()].flat()])
    },
  }
}

interface State {
  readonly trained: readonly WeightNode[]
  readonly runner: TrainingRunner
  readonly weights: ReadonlyMap<string, Variable>
  readonly slots: ReadonlyMap<string, readonly Variable[]>
}

function stepOnce(
  task: Task,
  { trained, runner, weights, slots }: State,
  batch: Batch,
  { step, rate, seed }: StepSettings,
): Totals {
  const { tf, loss, optimizer, clip } = task
  const inputs = batchInputs(batch, tf)
  const targets = dataTensor(batch.targets, tf)
  const pass = withGradients(
    tf,
    trained.map(({ path }) => weights.get(path)!),
    () => {
      const {
        values: [output],
        updates,
      } = runner.forward({ weights, inputs, seed })
      return { loss: loss(tf, output!, targets), output: output!, updates }
    },
  )
  const gradients = clip === undefined ? pass.gradients : clipByGlobalNorm(tf, pass.gradients, clip).gradients
  const updated = trained.map((node, i) => {
    const state = { weight: weights.get(node.path)!, gradient: gradients[i]!, slots: slots.get(node.path)!, rate, step }
    const next = optimizer.update(tf, state)
    return { node, slots: next.slots, weight: node.within ? keepWithin(tf, next.weight, node.within) : next.weight }
  })
  if (!allFinite(tf, [pass.loss, ...updated.map(({ weight }) => weight), ...pass.updates.values()])) {
    const watched = (watch: (node: Node, value: Tensor) => void) => void runner.forward({ weights, inputs, seed, watch })
    throw notFinite(tf, {
      step,
      watched,
      updates: weightsOf(task.graph).flatMap((node) =>
        pass.updates.has(node.path) ? [[node, pass.updates.get(node.path)!] as const] : [],
      ),
      gradients: trained.map((node, i) => [node, pass.gradients[i]!] as const),
      weights: updated.map(({ node, weight }) => [node, weight] as const),
    })
  }
  for (const { node, weight, slots: next } of updated) {
    weights.get(node.path)!.assign(weight)
    for (const [i, tensor] of next.entries()) slots.get(node.path)![i]!.assign(tensor)
  }
  for (const [path, tensor] of pass.updates) weights.get(path)!.assign(tensor)
  return totalsOf(task, pass.loss, pass.output, targets)
}

function variableOf(data: TensorData | undefined, path: string, tf: Tfjs): Variable {
  if (!data) throw new Error(`there is no weight ${path} to begin with`)
  return tf.tidy(() => tf.variable(dataTensor(data, tf)))
}

function zeros(shape: Shape): TensorData {
  const extents = fixedShape(shape)
  return { shape: extents, values: new Float32Array(sizeOf(extents)) }
}

const dataOf = (tensor: Tensor): TensorData => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) })
