import { operands, type Graph, type Node, type OpNode } from '../../graph/graph.ts'

/** Who reads the values of a graph. */
export interface Uses {
  /** The ops that read a node, once each, in the order of the graph. */
  readonly readers: (node: Node) => readonly OpNode[]
  readonly isOutput: (node: Node) => boolean
  /** Whether an op is the only use of a node, and no output is it. */
  readonly onlyUse: (node: Node, op: OpNode) => boolean
}

const known = new WeakMap<Graph, Uses>()

/** Found once for each graph: almost every rule asks. */
export function usesOf(graph: Graph): Uses {
  const uses = known.get(graph) ?? findUses(graph)
  known.set(graph, uses)
  return uses
}

function findUses(graph: Graph): Uses {
  const readers = new Map<Node, OpNode[]>()
  for (const node of graph.nodes) {
    if (node.kind !== 'op') continue
    for (const operand of new Set(operands(node))) {
      const others = readers.get(operand)
      if (others) others.push(node)
      else readers.set(operand, [node])
    }
  }
  const outputs = new Set(graph.outputs.map(({ node }) => node))
  const read = (node: Node): readonly OpNode[] => readers.get(node) ?? []
  return {
    readers: read,
    isOutput: (node) => outputs.has(node),
    onlyUse: (node, op) => !outputs.has(node) && read(node).every((reader) => reader === op),
  }
}
