import type { Graph, OpNode } from '../graph/graph.ts'
import { rewrite } from './rewrite.ts'

/** The graph whose ops do in training what they do otherwise, but for those that are named. Nodes keep their ids. */
export const freezeOps = (graph: Graph, stays: (node: OpNode) => boolean = () => false): Graph =>
  rewrite(graph, (node) => (node.kind === 'op' && !stays(node) ? { ...node, frozen: true } : node))
