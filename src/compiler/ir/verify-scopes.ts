import type { Graph, Node, Argument, Port, Scope } from '../graph/graph.ts'
import { nodesOf } from '../graph/scope.ts'
import type { Violation } from './violation.ts'

/** Whether the scopes are a tree with the model at its root, and speak of nodes of the graph, as every node does of a scope. */
export function verifyScopes(graph: Graph): readonly Violation[] {
  const { scopes, nodes } = graph
  if (scopes.length === 0) return [{ pointer: '/scopes', message: 'the first scope is that of the model' }]
  const turns = new Map<number | undefined, number>()
  return [
    ...scopes.flatMap((scope, place) => [
      ...placeComplaints(scope, place, scopes, turns).map((message) => ({ pointer: `/scopes/${place}`, message })),
      ...foreignNodes(scope, `/scopes/${place}`, graph),
    ]),
    ...nodes.flatMap(({ scope, origins }, index) => [
      ...(scopes[scope] ? [] : [{ pointer: `/nodes/${index}/scope`, message: `there is no scope ${scope}` }]),
      ...(origins.length > 0 ? [] : [{ pointer: `/nodes/${index}/origins`, message: 'a node comes from somewhere' }]),
    ]),
  ]
}

/** What is wrong with where a scope stands. `turns` counts those of each scope so far. */
function placeComplaints(
  { id, kind, parent, under, segments, index }: Scope,
  place: number,
  scopes: readonly Scope[],
  turns: Map<number | undefined, number>,
): readonly string[] {
  if (id !== place) return [`the scope at position ${place} has the id ${id}`]
  if (place === 0) {
    const isModel = kind === 'model' && parent === undefined && under === undefined && segments.length === 0
    return isModel ? [] : ['the first scope is that of the model: in none, and without segments']
  }
  if (parent === undefined || parent >= id || under === undefined || under >= id) return ['is not in a scope before it']
  const around = scopes[parent]!.kind
  if ((kind === 'turn') !== (around === 'loop' || around === 'comprehension')) return [`a ${kind} does not stand in a ${around}`]
  const number = kind === 'turn' ? (turns.get(parent) ?? 0) : undefined
  if (number !== undefined) turns.set(parent, number + 1)
  if (index === number) return []
  return [number === undefined ? 'only turns are numbered' : `is turn ${number} of its scope, not ${index}`]
}

function foreignNodes(scope: Scope, pointer: string, { nodes }: Graph): readonly Violation[] {
  const isForeign = (node: Node): boolean => nodes[node.id] !== node
  const ports = (key: 'inputs' | 'outputs' | 'names'): readonly Violation[] =>
    scope[key].flatMap((port: Port, i) =>
      nodesOf(port).some(isForeign) ? [{ pointer: `${pointer}/${key}/${i}`, message: 'is not in the graph' }] : [],
    )
  const given = Object.entries(scope.arguments).flatMap(([name, argument]) =>
    nodesInArgument(argument).some(isForeign) ? [{ pointer: `${pointer}/arguments/${name}`, message: 'is not in the graph' }] : [],
  )
  return [...ports('inputs'), ...ports('outputs'), ...ports('names'), ...given]
}

function nodesInArgument(argument: Argument): readonly Node[] {
  switch (argument.kind) {
    case 'tensor':
      return [argument.node]
    case 'list':
      return argument.items.flatMap(nodesInArgument)
    case 'block':
      return argument.given.flatMap(({ value }) => nodesInArgument(value))
    default:
      return []
  }
}
