import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { weightsOf, type Graph, type Node } from '../../src/compiler/graph/graph.ts'
import { evaluateNaively, inputsFor, weightsFor } from '../graph-tensors.ts'

type Extents = Readonly<Record<string, number>>

export type Values = ReadonlyMap<Node, readonly number[]>

/** What every node of a graph is, on random weights and inputs; no state, such as a variance, is below 0. */
export function valuesOf(graph: Graph, tf: Tfjs, given: { readonly extents?: Extents; readonly batch?: number; readonly seed?: number }): Values {
  const all = { ...graph, outputs: graph.nodes.map((node) => ({ name: String(node.id), node })) }
  const weights = weightsFor(graph, tf, given.seed)
  for (const { kind, path } of weightsOf(graph)) if (kind === 'state') weights.set(path, tf.abs(weights.get(path)!))
  const found = evaluateNaively(all, tf, weights, inputsFor(graph, tf, given), given.extents)
  return new Map(graph.nodes.map((node) => [node, [...found[String(node.id)]!.dataSync()]]))
}
