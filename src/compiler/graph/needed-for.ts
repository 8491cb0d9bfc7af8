import { operands, type Graph, type Node } from './graph.ts'

/** These nodes of a graph, and all that they are computed from. */
export function neededFor(graph: Pick<Graph, 'nodes'>, wanted: readonly Node[]): ReadonlySet<Node> {
  const found = new Set<Node>(wanted)
  for (const node of graph.nodes.toReversed()) if (found.has(node)) for (const operand of operands(node)) found.add(operand)
  return found
}
