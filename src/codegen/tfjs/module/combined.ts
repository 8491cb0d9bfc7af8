import type { Graph, InputNode, Node, OpNode, Port, Scope } from '../../../compiler/graph/graph.ts'

/** A model among others of one module. */
export interface Model extends Pick<Graph, 'name' | 'doc' | 'inputs' | 'outputs' | 'extents' | 'requirements'> {
  /** Its scope, in none. */
  readonly root: Scope
}

/** Several graphs in one numbering, so that what they share is printed once. */
export interface Combined {
  readonly nodes: readonly Node[]
  readonly scopes: readonly Scope[]
  readonly models: readonly Model[]
}

export function combined(graphs: readonly Graph[]): Combined {
  const nodes: Node[] = []
  const scopes: Scope[] = []
  const models = graphs.map((graph): Model => {
    const [nodeOffset, scopeOffset] = [nodes.length, scopes.length]
    const moved = new Map<Node, Node>()
    const of = <N extends Node>(node: N): N => (moved.get(node) ?? node) as N
    for (const node of graph.nodes) {
      const place = { id: node.id + nodeOffset, scope: node.scope + scopeOffset }
      const next: Node = node.kind === 'op' ? { ...node, ...place, args: movedArgs(node, of) } : { ...node, ...place }
      moved.set(node, next)
      nodes.push(next)
    }
    const ports = (list: readonly Port[]): readonly Port[] =>
      list.map(({ name, node }) => ({ name, node: 'kind' in node ? of(node) : node.map(of) }))
    for (const scope of graph.scopes) {
      const isRoot = scope.parent === undefined
      scopes.push({
        ...scope,
        id: scope.id + scopeOffset,
        parent: scope.parent === undefined ? undefined : scope.parent + scopeOffset,
        under: scope.under === undefined ? undefined : scope.under + scopeOffset,
        inputs: isRoot ? graph.inputs.map((node) => ({ name: node.name, node: of(node) })) : ports(scope.inputs),
        outputs: isRoot ? ports(graph.outputs) : ports(scope.outputs),
        names: ports(scope.names),
      })
    }
    return {
      ...graph,
      root: scopes[scopeOffset]!,
      inputs: graph.inputs.map((node): InputNode => of(node)),
      outputs: graph.outputs.map(({ name, node }) => ({ name, node: of(node) })),
    }
  })
  return { nodes, scopes, models }
}

const movedArgs = (node: OpNode, of: (node: Node) => Node): OpNode['args'] =>
  Object.fromEntries(Object.entries(node.args).map(([name, arg]) => [name, 'kind' in arg ? of(arg) : arg.map(of)]))
