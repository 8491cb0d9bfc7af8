import type * as tfjs from '@tensorflow/tfjs-core'
import type { ConstantNode, Graph, Node, OpNode, WeightNode } from '../../compiler/graph/graph.ts'
import { neededFor } from '../../compiler/graph/needed-for.ts'
import type { TrainingStep } from '../../compiler/primitives/target.ts'
import { bindInputs } from '../bind-inputs.ts'
import { MismatchError } from '../mismatch.ts'
import { prepare, type Applied, type Bindings, type Tfjs } from './apply.ts'
import { asTensor } from './as-tensor.ts'
import { constantTensor } from './constant-tensor.ts'
import type { Unsupported } from '../unsupported.ts'
import { argumentOf } from './plan.ts'
import { dropoutSeed } from './runtime/dropout-seed.ts'
import { trainingOf } from './training-of.ts'

/** The forward pass as in training: statistics of the batch, dropout, every value computed anew from the weights. */
export interface TrainingRunner {
  /**
   * Leaves intermediate values to the caller's `tf.tidy`; gradients flow through it to the weights and the inputs.
   *
   * @throws MismatchError with everything about the inputs that does not fit
   */
  readonly forward: (given: Given) => Forward
  /** Frees the graph's constants. */
  readonly dispose: () => void
}

export interface Given {
  /** By path, every one that the values need. */
  readonly weights: ReadonlyMap<string, tfjs.Tensor>
  /** float32 with the batch first. */
  readonly inputs: Readonly<Record<string, tfjs.Tensor>>
  /** A whole number, another one for each step. */
  readonly seed: number
  /** Values that stand in the place of what ops would compute, by these: what a gradient is asked of. */
  readonly instead?: ReadonlyMap<Node, tfjs.Tensor>
  /** Is shown each value as soon as it is there, weights and inputs first. */
  readonly watch?: (node: Node, value: tfjs.Tensor) => void
}

export interface Forward {
  /** Those asked for, in that order. */
  readonly values: readonly tfjs.Tensor[]
  /** What the forward pass writes into states, by path. No gradient passes through them. */
  readonly updates: ReadonlyMap<string, tfjs.Tensor>
}

interface Step {
  readonly node: OpNode
  readonly locals: readonly (readonly [name: string, value: Applied])[]
  readonly value: Applied
  readonly updates: readonly { readonly state: WeightNode; readonly value: Applied }[]
}

/**
 * Compiles what these nodes of the graph need into closures, once; the runner, or the nodes that TensorFlow.js cannot compute.
 */
export function createTrainingRunner(
  graph: Graph,
  wanted: readonly Node[],
  tf: Tfjs,
): { readonly runner: TrainingRunner } | { readonly unsupported: readonly Unsupported[] } {
  const needed = neededFor(graph, wanted)
  const unsupported: Unsupported[] = []
  const steps: Step[] = []
  for (const node of graph.nodes) {
    if (node.kind !== 'op' || !needed.has(node)) continue
    const rule = trainingOf(node)
    if ('unsupported' in rule) unsupported.push({ node, reason: rule.unsupported })
    else steps.push(stepOf(node, rule, graph, tf))
  }
  if (unsupported.length > 0) return { unsupported }
  const given = graph.nodes.filter((node) => node.kind !== 'op').filter((node) => needed.has(node))
  let constants: ReadonlyMap<ConstantNode, tfjs.Tensor> | undefined
  const compiled = (): Compiled => {
    constants ??= new Map(given.flatMap((node) => (node.kind === 'constant' ? [[node, tf.keep(constantTensor(node, tf))] as const] : [])))
    return { graph, given, constants, steps, wanted }
  }
  const dispose = (): void => {
    tf.dispose([...(constants?.values() ?? [])])
    constants = undefined
  }
  return { runner: { forward: (of) => forward(compiled(), of, tf), dispose } }
}

function stepOf(node: OpNode, rule: TrainingStep, graph: Graph, tf: Tfjs): Step {
  const read = (name: string, index?: number): Node => argumentOf(node, index === undefined ? { name } : { name, index })
  const slotOf = (name: string, index?: number): number => read(name, index).id
  // a layer that is used twice updates its states twice, the second time from what the first has written
  const writtenSlotOf = (name: string, index?: number): number => {
    const argument = read(name, index)
    return argument.kind === 'state' ? graph.nodes.length + argument.id : argument.id
  }
  return {
    node,
    locals: Object.entries(rule.locals).map(([name, expression]) => [name, prepare(expression, tf, slotOf)] as const),
    value: prepare(rule.value, tf, slotOf),
    updates: Object.entries(rule.updates).flatMap(([parameter, expression]) => {
      const state = read(parameter)
      return state.kind === 'state' ? [{ state, value: prepare(expression, tf, writtenSlotOf) }] : []
    }),
  }
}

interface Compiled {
  readonly graph: Graph
  /** Weights, inputs and constants. */
  readonly given: readonly Exclude<Node, OpNode>[]
  readonly constants: ReadonlyMap<ConstantNode, tfjs.Tensor>
  readonly steps: readonly Step[]
  readonly wanted: readonly Node[]
}

function forward({ graph, given, constants, steps, wanted }: Compiled, { weights, inputs, seed, instead, watch }: Given, tf: Tfjs): Forward {
  const bound = bindInputs(graph, inputs)
  if ('mismatches' in bound) throw new MismatchError(bound.mismatches)
  const { extents } = bound
  const values: (tfjs.Tensor | undefined)[] = Array.from({ length: 2 * graph.nodes.length })
  for (const node of given) {
    const value = present(givenValue(node, { weights, inputs, constants }), node)
    values[node.id] = value
    if (node.kind === 'state') values[graph.nodes.length + node.id] = value
    watch?.(node, value)
  }
  const updates = new Map<string, tfjs.Tensor>()
  let dropouts = 0
  const nextSeed = (): number => dropoutSeed(seed, dropouts++)
  for (const step of steps) {
    const stands = instead?.get(step.node)
    if (stands) {
      values[step.node.id] = stands
      continue
    }
    const locals = new Map<string, tfjs.Tensor>()
    const bindings: Bindings = { values, extents, training: { locals, nextSeed } }
    for (const [name, value] of step.locals) locals.set(name, asTensor(value(bindings), tf))
    const value = asTensor(step.value(bindings), tf)
    values[step.node.id] = value
    for (const update of step.updates) {
      const written = asTensor(update.value(bindings), tf)
      values[graph.nodes.length + update.state.id] = written
      updates.set(update.state.path, written)
    }
    watch?.(step.node, value)
  }
  return { values: wanted.map((node) => valueAt(values, node)), updates }
}

function givenValue(node: Exclude<Node, OpNode>, { weights, inputs, constants }: Pick<Given, 'weights' | 'inputs'> & Pick<Compiled, 'constants'>): tfjs.Tensor | undefined {
  switch (node.kind) {
    case 'constant':
      return constants.get(node)
    case 'input':
      return inputs[node.name]
    default:
      return weights.get(node.path)
  }
}

const valueAt = (values: readonly (tfjs.Tensor | undefined)[], node: Node): tfjs.Tensor => present(values[node.id], node)

function present(value: tfjs.Tensor | undefined, { path }: Node): tfjs.Tensor {
  if (!value) throw new Error(`there is no value for ${path}`)
  return value
}
