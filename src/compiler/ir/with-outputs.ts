import { keyOf, variablesOf } from '../dim/expr.ts'
import { extentOf } from '../dim/variable.ts'
import type { Attribute, Graph, InputNode, Node } from '../graph/graph.ts'
import { rewrite } from './rewrite.ts'
import { neededFor } from '../graph/needed-for.ts'

/**
 * The part of a graph that computes these nodes: they are its outputs, named by their ids. Inputs that none of them reads are no
 * inputs of the part, unless an extent is known from them alone; nor does it have extents and requirements that only those
 * would decide.
 */
export function withOutputs(graph: Graph, wanted: readonly Node[]): Graph {
  const inputs = inputsFor(graph, neededFor(graph, wanted))
  const decided = new Set(inputs.flatMap(extentsIn))
  const part: Graph = {
    ...graph,
    inputs,
    outputs: wanted.map((node) => ({ name: String(node.id), node })),
    extents: graph.extents
      .filter(({ name }) => decided.has(name))
      .map((extent) => ({ ...extent, relations: extent.relations.filter(({ other }) => decided.has(other)) })),
    requirements: graph.requirements.filter(({ extent }) => [...variablesOf(extent).keys()].every((name) => decided.has(name))),
  }
  return rewrite(part, (node) => node, 'drop')
}

/** The inputs that nodes read, and for each extent in them one of which it is an axis. */
function inputsFor(graph: Graph, nodes: ReadonlySet<Node>): readonly InputNode[] {
  const found = new Set(graph.inputs.filter((input) => nodes.has(input)))
  const names = new Set([...nodes].flatMap(extentsIn))
  // a set grows while it is walked
  for (const name of names) {
    const variable = graph.extents.find((extent) => extent.name === name)
    const key = variable && keyOf(extentOf(variable))
    const has = ({ type }: InputNode): boolean => type.shape.some(({ dim }) => keyOf(dim) === key)
    const input = [...found].find(has) ?? graph.inputs.find(has)
    if (!input) continue
    found.add(input)
    for (const other of extentsIn(input)) names.add(other)
  }
  return graph.inputs.filter((input) => found.has(input))
}

/** The names of the extents in a node's shape and attributes. */
const extentsIn = (node: Node): readonly string[] => [
  ...node.type.shape.flatMap(({ dim }) => [...variablesOf(dim).keys()]),
  ...(node.kind === 'op' ? Object.values(node.attributes).flatMap(extentsInAttribute) : []),
]

function extentsInAttribute(attribute: Attribute): readonly string[] {
  if (typeof attribute !== 'object' || attribute === null) return []
  return 'terms' in attribute ? [...variablesOf(attribute).keys()] : attribute.flatMap(extentsInAttribute)
}
