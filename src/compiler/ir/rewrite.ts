import { type Graph, type InputNode, type Node, type OpNode, type Argument, type Port, type Scope } from '../graph/graph.ts'
import { neededFor } from '../graph/needed-for.ts'
import { commonScope, nodesOf } from '../graph/scope.ts'
import { isSamePlace, type Origin } from '../text/source.ts'

/**
 * What a node becomes: itself, a changed copy of it, or another node that is there already. It comes with its arguments replaced
 * by what they became. `add` puts a node before it, one that it is to read.
 */
export type Visit = (node: Node, add: <N extends Node>(node: N) => N) => Node

/**
 * A graph made from another, node by node in its order; ids are given anew. A node that takes the place of others has all their
 * origins behind its own, and stands in the innermost scope around them all; inputs and weights stay in the scope that declares
 * them. Scopes stay as they are, and speak of what their nodes became.
 *
 * @param unread whether nodes stay that neither an output nor `graph.inputs` needs
 */
export function rewrite(graph: Graph, visit: Visit, unread: 'keep' | 'drop' = 'keep'): Graph {
  const made = new Set<Node>()
  const became = new Map<Node, Node>()
  const replaces = new Map<Node, Node[]>()
  const add = <N extends Node>(node: N): N => {
    made.add(node)
    return node
  }
  for (const old of graph.nodes) {
    const node = add(visit(reading(old, became), add))
    became.set(old, node)
    replaces.set(node, [...(replaces.get(node) ?? []), old])
  }
  const placed = new Map<Node, Node>()
  for (const node of unread === 'keep' ? made : neededOf([...made], interfaceOf(graph).map((old) => became.get(old)!), graph))
    placed.set(node, place(reading(node, placed), placed.size, replaces.get(node) ?? [], graph.scopes))
  const of = (old: Node): Node | undefined => placed.get(became.get(old)!)
  return {
    ...graph,
    nodes: [...placed.values()],
    inputs: graph.inputs.map((input) => inputOf(input, of)),
    outputs: graph.outputs.map(({ name, node }) => ({ name, node: of(node)! })),
    scopes: graph.scopes.map((scope) => speakingOf(scope, of)),
  }
}

function neededOf(nodes: readonly Node[], wanted: readonly Node[], graph: Graph): readonly Node[] {
  const needed = neededFor({ ...graph, nodes }, wanted)
  return nodes.filter((one) => needed.has(one))
}

const interfaceOf = ({ inputs, outputs }: Graph): readonly Node[] => [...inputs, ...outputs.map(({ node }) => node)]

/** The node with other arguments; itself where they are the same. */
function reading(node: Node, others: ReadonlyMap<Node, Node>): Node {
  if (node.kind !== 'op') return node
  const of = (read: Node): Node => others.get(read)!
  const args = Object.entries(node.args).map(([name, arg]) => [name, 'kind' in arg ? of(arg) : arg.map(of)] as const)
  const isSame = args.every(([name, arg]) => {
    const before = node.args[name]!
    return 'kind' in arg || 'kind' in before ? arg === before : arg.every((one, i) => one === before[i])
  })
  return isSame ? node : ({ ...node, args: Object.fromEntries(args) } satisfies OpNode)
}

/** The node at its position, with all that is said of those it stands for. */
function place(node: Node, id: number, stoodFor: readonly Node[], scopes: readonly Scope[]): Node {
  const origins = stoodFor.reduce<Node['origins']>((all, one) => joinedOrigins(all, one.origins), node.origins)
  const isDeclared = node.kind === 'input' || node.kind === 'param' || node.kind === 'state'
  const scope = isDeclared ? node.scope : commonScope(scopes, [node.scope, ...stoodFor.map((one) => one.scope)])
  if (id === node.id && scope === node.scope && origins === node.origins) return node
  return { ...node, id, scope, origins }
}

/** Each place once, the first ones first. */
export function joinedOrigins(all: Node['origins'], more: readonly Origin[]): Node['origins'] {
  const isKnown = (origin: Origin): boolean =>
    all.some(({ span, frame }) => frame === origin.frame && isSamePlace(span, origin.span))
  const fresh = more.filter((origin) => !isKnown(origin))
  return fresh.length === 0 ? all : [...all, ...fresh]
}

function inputOf(input: InputNode, of: (old: Node) => Node | undefined): InputNode {
  const node = of(input)
  if (node?.kind !== 'input') throw new Error(`the input ${input.name} became a value that is none`)
  return node
}

type Became = (old: Node) => Node | undefined

/** The scope with what its nodes became; those that were dropped are nothing in it. */
function speakingOf(scope: Scope, of: Became): Scope {
  const ports = (list: readonly Port[]): readonly Port[] => list.flatMap((port) => portOf(port, of))
  const given = Object.entries(scope.arguments).flatMap(([name, argument]) => {
    const now = argumentOf(argument, of)
    return now ? [[name, now] as const] : []
  })
  return {
    ...scope,
    arguments: Object.fromEntries(given),
    inputs: ports(scope.inputs),
    outputs: ports(scope.outputs),
    names: ports(scope.names),
  }
}

function portOf(port: Port, of: Became): readonly Port[] {
  const nodes = nodesOf(port).flatMap((node) => of(node) ?? [])
  const [only] = nodes
  if (!only) return []
  return [{ name: port.name, node: 'kind' in port.node ? only : nodes }]
}

function argumentOf(argument: Argument, of: Became): Argument | undefined {
  switch (argument.kind) {
    case 'tensor': {
      const node = of(argument.node)
      return node && { kind: argument.kind, node }
    }
    case 'list':
      return { kind: argument.kind, items: argument.items.flatMap((item) => argumentOf(item, of) ?? []) }
    case 'block': {
      const given = argument.given.flatMap(({ value, ...one }) => {
        const now = argumentOf(value, of)
        return now ? [{ ...one, value: now }] : []
      })
      return { ...argument, given }
    }
    default:
      return argument
  }
}
