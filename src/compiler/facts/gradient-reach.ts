import { callOf } from '../primitives/call-of.ts'
import { operands, weightsOf, type Graph, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { primitives } from '../primitives/index.ts'

export interface GradientReach {
  /** The trainable weights that a gradient of a value reaches. */
  readonly trained: readonly WeightNode[]
  /** The trainable weights that none reaches, with the op that lets no gradient through, where there is one between. */
  readonly unreached: readonly {
    readonly weight: WeightNode
    readonly blockedBy?: { readonly node: OpNode; readonly reason: string }
  }[]
}

/** Which trainable weights of the graph learn from these values. */
export function gradientReach(graph: Graph, values: readonly Node[]): GradientReach {
  const reached = new Set<Node>(values)
  const blocked = new Map<Node, { readonly node: OpNode; readonly reason: string }>()
  for (const node of graph.nodes.toReversed()) {
    const behind = blocked.get(node)
    const reason = node.kind === 'op' ? limitOf(node) : undefined
    for (const read of operands(node)) {
      if (reached.has(node) && reason === undefined) reached.add(read)
      else if (reached.has(node) && node.kind === 'op' && reason !== undefined) blocked.set(read, { node, reason })
      else if (behind) blocked.set(read, behind)
    }
  }
  const trainable = weightsOf(graph).filter(({ trainable }) => trainable)
  return {
    trained: trainable.filter((weight) => reached.has(weight)),
    unreached: trainable
      .filter((weight) => !reached.has(weight))
      .map((weight) => {
        const blockedBy = blocked.get(weight)
        return blockedBy ? { weight, blockedBy } : { weight }
      }),
  }
}

/** The values of a graph that a gradient of this one reaches, itself with them. */
export function gradientPaths(graph: Graph, value: Node): ReadonlySet<Node> {
  const reached = new Set<Node>([value])
  for (const node of graph.nodes.toReversed())
    if (node.kind === 'op' && reached.has(node) && limitOf(node) === undefined) for (const read of operands(node)) reached.add(read)
  return reached
}

function limitOf(node: OpNode): string | undefined {
  const primitive = primitives.get(node.op)
  return primitive?.gradientLimit?.(callOf(node, primitive))
}
