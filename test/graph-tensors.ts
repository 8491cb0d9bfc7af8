import type * as tfjs from '@tensorflow/tfjs-core'
import { prepare, type Tfjs } from '../src/codegen/tfjs/apply.ts'
import { expressionOf } from '../src/codegen/tfjs/expression-of.ts'
import { evaluate } from '../src/compiler/dim/expr.ts'
import { operands, weightsOf, type Graph, type Node, type OpNode } from '../src/compiler/graph/graph.ts'
import { randomNumbers } from './primitives/harness.ts'

export type Tensors = Readonly<Record<string, tfjs.Tensor>>

const noise = (tf: Tfjs, shape: readonly number[], next: () => number): tfjs.Tensor =>
  tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next), [...shape])

/** Random weights for a graph, always the same. */
export function weightsFor(graph: Graph, tf: Tfjs, seed = 1): Map<string, tfjs.Tensor> {
  const next = randomNumbers(seed)
  return new Map(
    weightsOf(graph).map(({ path, type }) => [
      path,
      noise(
        tf,
        type.shape.map(({ dim }) => evaluate(dim, {})),
        next,
      ),
    ]),
  )
}

/** Random inputs for a graph, always the same. */
export function inputsFor(graph: Graph, tf: Tfjs, { extents = {}, batch = 2, seed = 2 }: InputOptions = {}): Tensors {
  const next = randomNumbers(seed)
  const shape = (node: Node): readonly number[] => [batch, ...node.type.shape.map(({ dim }) => evaluate(dim, extents))]
  return Object.fromEntries(graph.inputs.map((input) => [input.name, noise(tf, shape(input), next)]))
}

interface InputOptions {
  readonly extents?: Readonly<Record<string, number>>
  readonly batch?: number
  readonly seed?: number
}

/** Computes the outputs of a graph node by node and keeps every value: what runner and module are compared with. */
export function evaluateNaively(
  graph: Graph,
  tf: Tfjs,
  weights: ReadonlyMap<string, tfjs.Tensor>,
  inputs: Tensors,
  extents: Readonly<Record<string, number>> = {},
): Tensors {
  const values: (tfjs.Tensor | undefined)[] = []
  const compute = (node: Node): tfjs.Tensor | undefined => {
    if (node.kind === 'input') return inputs[node.name]
    if (node.kind === 'constant') return tf.tensor([...node.values], node.type.shape.map(({ dim }) => evaluate(dim, extents)))
    if (node.kind !== 'op') return weights.get(node.path)
    for (const operand of operands(node)) values[operand.id] ??= compute(operand)
    return apply(node, tf, values, extents)
  }
  return Object.fromEntries(graph.outputs.map(({ name, node }) => [name, (values[node.id] ??= compute(node))!]))
}

function apply(
  node: OpNode,
  tf: Tfjs,
  values: readonly (tfjs.Tensor | undefined)[],
  extents: Readonly<Record<string, number>>,
): tfjs.Tensor {
  const expression = expressionOf(node)
  if ('unsupported' in expression) throw new Error(expression.unsupported)
  const slotOf = (name: string, index = 0): number => [node.args[name] ?? []].flat()[index]!.id
  return prepare(expression, tf, slotOf)({ values, extents }) as tfjs.Tensor
}

/** The shape and the exact bits of every tensor. JavaScript leaves the bits of NaN open, so all NaNs are one. */
export const bitsOf = (tensors: Tensors): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const values = Float32Array.from(tensor.dataSync())
      const bits = new Uint32Array(values.buffer)
      for (const [i, value] of values.entries()) if (Number.isNaN(value)) bits[i] = 0x7fc00000
      return [name, `${tensor.dtype} [${tensor.shape}] ${Buffer.from(bits.buffer).toString('base64')}`]
    }),
  )
