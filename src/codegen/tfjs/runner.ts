import type * as tfjs from '@tensorflow/tfjs-core'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, Node, WeightNode } from '../../compiler/graph/graph.ts'
import { bindInputs, type Extents } from '../bind-inputs.ts'
import { MismatchError, type Mismatch } from '../mismatch.ts'
import { callCount, prepare, type Applied, type Tfjs } from './apply.ts'
import { asTensor } from './as-tensor.ts'
import { constantTensor } from './constant-tensor.ts'
import type { Unsupported } from '../unsupported.ts'
import { argumentOf, planOf, type Plan, type Step } from './plan.ts'

/** Runs a graph on the backend that its TensorFlow.js has selected. */
export interface Runner {
  /**
   * Takes the weights by path, and computes everything that weights alone decide. They stay the caller's, who disposes them after
   * the last run; tensors that the graph does not read are ignored.
   *
   * @throws MismatchError with every weight that is missing or has another shape
   */
  readonly load: (weights: ReadonlyMap<string, tfjs.Tensor>) => void
  /**
   * The outputs by name, the caller's to dispose. Inputs are float32 with the batch first: `[batch, ...shape]`; they stay the
   * caller's.
   *
   * @throws MismatchError with everything about the inputs that does not fit
   */
  readonly run: (inputs: Readonly<Record<string, tfjs.Tensor>>) => Record<string, tfjs.Tensor>
  /** Frees what `load` computed and the graph's constants. */
  readonly dispose: () => void
}

type Values = (tfjs.Tensor | undefined)[]

interface PreparedStep {
  readonly slot: number
  readonly apply: Applied
  readonly last: readonly number[]
}

/** Compiles a graph into closures once; the runner or the nodes that TensorFlow.js cannot compute. */
export function createRunner(
  graph: Graph,
  tf: Tfjs,
): { readonly runner: Runner } | { readonly unsupported: readonly Unsupported[] } {
  const planned = planOf(graph)
  return 'unsupported' in planned ? planned : { runner: runnerOf(graph, planned.plan, tf) }
}

function runnerOf(graph: Graph, plan: Plan, tf: Tfjs): Runner {
  const early = plan.prepare.map((step) => prepareStep(step, plan, tf))
  const steps = plan.run.map((step) => prepareStep(step, plan, tf))
  let constants: readonly tfjs.Tensor[] | undefined
  let prepared: readonly tfjs.Tensor[] = []
  let loaded: Values | undefined
  let bound: { readonly key: string; readonly extents: Extents } | undefined

  const load = (weights: ReadonlyMap<string, tfjs.Tensor>): void => {
    const wrong = plan.weights.flatMap((node) => wrongWeight(node, weights.get(node.path)))
    if (wrong.length > 0) throw new MismatchError(wrong)
    constants ??= plan.constants.map((node) => tf.keep(constantTensor(node, tf)))
    const values: Values = Array.from({ length: graph.nodes.length })
    for (const node of plan.weights) values[node.id] = weights.get(node.path)
    for (const [index, node] of plan.constants.entries()) values[node.id] = constants[index]
    const fresh = tf.tidy(() => {
      execute(early, values, {}, tf)
      return plan.prepared.map((node) => valueAt(values, node))
    })
    for (const tensor of prepared) tensor.dispose()
    prepared = fresh.map((tensor) => tf.keep(tensor))
    loaded = values
  }

  const run = (inputs: Readonly<Record<string, tfjs.Tensor>>): Record<string, tfjs.Tensor> => {
    const extents = extentsOf(inputs)
    // a graph without weights need not be loaded; any other says here which are missing
    if (!loaded) load(new Map())
    const values = [...loaded!]
    for (const { id, name } of graph.inputs) values[id] = inputs[name]
    return tf.tidy(() => {
      execute(steps, values, extents, tf)
      return Object.fromEntries(
        plan.outputs.map(({ name, value, own }) => [name, own ? valueAt(values, value) : tf.clone(valueAt(values, value))]),
      )
    })
  }

  const extentsOf = (inputs: Readonly<Record<string, tfjs.Tensor>>): Extents => {
    const key = Object.entries(inputs).map(([name, { dtype, shape }]) => `${name} ${dtype} ${shape}`).join('; ')
    if (bound?.key === key) return bound.extents
    const result = bindInputs(graph, inputs)
    if ('mismatches' in result) throw new MismatchError(result.mismatches)
    bound = { key, extents: result.extents }
    return result.extents
  }

  const dispose = (): void => {
    for (const tensor of [...prepared, ...(constants ?? [])]) tensor.dispose()
    prepared = []
    constants = undefined
    loaded = undefined
  }

  return { load, run, dispose }
}

function prepareStep({ node, expression, last }: Step, plan: Plan, tf: Tfjs): PreparedStep {
  const apply = prepare(
    expression,
    tf,
    (name, index) => plan.valueOf(argumentOf(node, index === undefined ? { name } : { name, index })).id,
  )
  const tidied: Applied = (bindings) => tf.tidy(() => asTensor(apply(bindings), tf))
  return { slot: node.id, apply: callCount(expression) > 1 ? tidied : apply, last: last.map(({ id }) => id) }
}

function execute(steps: readonly PreparedStep[], values: Values, extents: Extents, tf: Tfjs): void {
  const bindings = { values, extents }
  for (const { slot, apply, last } of steps) {
    values[slot] = asTensor(apply(bindings), tf)
    for (const done of last) {
      values[done]?.dispose()
      values[done] = undefined
    }
  }
}

function valueAt(values: Values, node: Node): tfjs.Tensor {
  const value = values[node.id]
  if (!value) throw new Error(`node ${node.id} (${node.path}) has no value`)
  return value
}

function wrongWeight({ path, type: { shape } }: WeightNode, tensor: tfjs.Tensor | undefined): readonly Mismatch[] {
  const wanted = printShape(shape)
  if (!tensor) return [{ subject: path, message: `the weight ${path} ${wanted} is missing` }]
  const found: Mismatch[] = []
  const given = `[${tensor.shape.join(', ')}]`
  if (given !== wanted) found.push({ subject: path, message: `the weight ${path} must have the shape ${wanted}, not ${given}` })
  if (tensor.dtype !== 'float32')
    found.push({ subject: path, message: `the weight ${path} must be float32, not ${tensor.dtype}` })
  return found
}
