import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { createTrainingRunner, type TrainingRunner } from '../../codegen/tfjs/training-runner.ts'
import { gradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { mendGradients } from '../../codegen/tfjs/runtime/gradients/mend-gradients.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { annealedAt, annealedStates } from './anneal.ts'
import { clipByGlobalNorm } from './clip.ts'
import { batchInputs } from './batch-tensors.ts'
import { createEvaluator, type Evaluator } from './evaluator.ts'
import { holdWeights, type HeldWeights } from './held-weights.ts'
import type { Measured, Totals } from './measured.ts'
import { totalsOf } from './totals-of.ts'
import { unsupportedFailure } from './unsupported-failure.ts'
import { allFinite, notFinite } from './not-finite.ts'
import { countedTargets, lossOf, type Objective } from './objective.ts'
import { optimized } from './optimized.ts'
import type { Optimizer } from './optimizer.ts'
import { scoped } from './scoped.ts'
import type { Batch } from '../data/dataset.ts'
import type { Start } from './weight-group.ts'
import { withGradients } from './with-gradients.ts'

/** What is learned, and how. */
export interface Task extends Measured {
  readonly optimizer: Optimizer
  /** The largest global norm of the gradients. */
  readonly clip?: number | undefined
  /** The factor of the learning rate for a weight, by its path; 1 for all where it is absent. */
  readonly rateOf?: (path: string) => number
  /** By path, the steps that were done before a weight was first trained; none where it is not said. */
  readonly since?: ReadonlyMap<string, number>
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
  const { graph, tf, objectives } = task
  const values = objectives.map(({ value }) => value)
  mendGradients(tf)
  const { trained } = gradientReach(graph, values)
  if (trained.length === 0) throw new Failure([problem('training/nothing-to-train', { model: graph.name })])
  const written = runnerOf(graph, values, tf)
  const rewritten = optimized(task)
  const runner = runnerOf(rewritten, rewritten.outputs.map(({ node }) => node), tf)
  const evaluator = createEvaluator(task, rewritten)
  const held = holdWeights(task, trained, start)
  const annealed = annealedStates(graph)
  let measured: readonly Tensor[] | undefined

  const forget = (): void => {
    tf.dispose([...(measured ?? [])])
    measured = undefined
  }

  const step = (batch: Batch, settings: StepSettings): Totals => {
    for (const state of annealed) {
      const value = held.fixed.get(state.path)!
      tf.tidy(() => value.assign(tf.fill(value.shape, annealedAt(state, settings.step, settings.annealSteps))))
    }
    forget()
    return scoped(tf, () => stepOnce(task, { runner, written, held }, batch, settings))
  }

  const evaluate = (batch: Batch): Totals => {
    measured ??= loadInto(evaluator, held, tf)
    return evaluator.measure(batch)
  }

  return {
    step,
    evaluate,
    weights: held.weights,
    slots: held.slots,
    dispose: () => {
      for (const one of [evaluator, runner, written]) one.dispose()
      forget()
      held.dispose()
    },
  }
}

function runnerOf(graph: Graph, values: readonly Node[], tf: Tfjs): TrainingRunner {
  const created = createTrainingRunner(graph, values, tf)
  if ('unsupported' in created) throw unsupportedFailure(created.unsupported)
  return created.runner
}

/** @returns the tensors that are loaded, which live until others are */
function loadInto(evaluator: Evaluator, held: HeldWeights, tf: Tfjs): readonly Tensor[] {
  const tensors = scoped(tf, () => {
    const weights = held.tensors()
    return new Map([...weights].map(([path, tensor]) => [path, tf.keep(tf.clone(tensor))]))
  })
  evaluator.load(tensors)
  return [...tensors.values()]
}

interface State {
  readonly runner: TrainingRunner
  /** Computes the graph as its text says it, for messages that speak of its nodes. */
  readonly written: TrainingRunner
  readonly held: HeldWeights
}

function stepOnce(task: Task, { runner, written, held }: State, batch: Batch, settings: StepSettings): Totals {
  const { tf, objectives, clip } = task
  const { groups, fixed } = held
  const { step, rate, seed } = settings
  const inputs = batchInputs(batch, tf)
  const counted = countedTargets(tf, objectives, batch)
  const learned = new Map(groups.flatMap((group) => [...group.weights()]))
  const weights = new Map([...fixed, ...learned])
  const pass = withGradients(tf, [...learned.values()], () => {
    const { values, updates } = runner.forward({ weights, inputs, seed })
    const losses = objectives.map((objective, i) => lossOf(tf, objective, values[i]!, counted[i]!))
    return { loss: weightedSum(tf, objectives, losses), kept: [...values, ...losses], updates }
  })
  const slopes = new Map([...learned.keys()].map((path, i) => [path, pass.gradients[i]!]))
  const gradients = groups.map((group) => group.joined(slopes))
  const clipped = clip === undefined ? gradients : clipByGlobalNorm(tf, gradients, clip).gradients
  const updated = groups.map((group, i) => group.updated(clipped[i]!, { rate, step }))
  const [values, losses] = [pass.kept.slice(0, objectives.length), pass.kept.slice(objectives.length)]
  if (!allFinite(tf, [...losses, ...updated.map(({ vector }) => vector), ...pass.updates.values()])) {
    const watched = (watch: (node: Node, value: Tensor) => void) => void written.forward({ weights, inputs, seed, watch })
    const named = (vectors: readonly Tensor[]): readonly (readonly [Node, Tensor])[] =>
      groups.flatMap(({ nodes, parts }, i) => {
        const tensorOf = parts(vectors[i]!)
        return nodes.map((node) => [node, tensorOf.get(node.path)!] as const)
      })
    throw notFinite(tf, {
      step,
      watched,
      updates: weightsOf(task.graph).flatMap((node) =>
        pass.updates.has(node.path) ? [[node, pass.updates.get(node.path)!] as const] : [],
      ),
      gradients: named(gradients),
      weights: named(updated.map(({ vector }) => vector)),
    })
  }
  for (const [i, group] of groups.entries()) group.assign(updated[i]!)
  for (const [path, tensor] of pass.updates) fixed.get(path)!.assign(tensor)
  return totalsOf(tf, objectives.map((objective, i) => ({ objective, value: values[i]!, counted: counted[i]!, loss: losses[i]! })))
}

/** The loss that is made smaller. */
const weightedSum = (tf: Tfjs, objectives: readonly Objective[], losses: readonly Scalar[]): Scalar =>
  losses
    .map((loss, i) => (objectives[i]!.weight === 1 ? loss : tf.mul<Scalar>(loss, objectives[i]!.weight)))
    .reduce((sum, loss) => tf.add(sum, loss))
