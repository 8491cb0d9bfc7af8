import type { Graph, Node, Scope } from '../graph/graph.ts'
import { operands } from '../graph/graph.ts'
import type { Visit } from '../ir/rewrite.ts'

/** One rewriting: what it makes of the nodes of a graph, visited in their order. It returns the node that it is given where it does not apply. */
export type Rule = (graph: Rewritten) => Visit

/** What a rule knows of the graph as a whole. */
export interface Rewritten {
  readonly scopes: readonly Scope[]
  /** Whether a single node reads this one, and it is no output: what takes the place of that reader may do without it. */
  readonly isReadOnce: (node: Node) => boolean
}

export function rewritten(graph: Graph): Rewritten {
  const reads = graph.nodes.map(() => 0)
  for (const node of [...graph.nodes.flatMap(operands), ...graph.outputs.map((output) => output.node)]) reads[node.id]! += 1
  // a node that was replaced goes by the id of what it replaces
  return { scopes: graph.scopes, isReadOnce: ({ id }) => reads[id] === 1 }
}
