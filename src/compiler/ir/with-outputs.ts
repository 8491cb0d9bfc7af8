import { variablesOf } from '../dim/expr.ts'
import type { Graph, Node } from '../graph/graph.ts'
import { neededFor } from '../graph/needed-for.ts'

/**
 * The part of a graph that computes these nodes: they are its outputs, named by their ids. Inputs that none of them reads are no
 * inputs of the part, nor are extents and requirements that only those would decide.
 */
export function withOutputs(graph: Graph, wanted: readonly Node[]): Graph {
  const read = neededFor(graph, wanted)
  const inputs = graph.inputs.filter((input) => read.has(input))
  const decided = new Set(inputs.flatMap(({ type: { shape } }) => shape.flatMap(({ dim }) => [...variablesOf(dim).keys()])))
  return {
    ...graph,
    inputs,
    outputs: wanted.map((node) => ({ name: String(node.id), node })),
    extents: graph.extents
      .filter(({ name }) => decided.has(name))
      .map((extent) => ({ ...extent, relations: extent.relations.filter(({ other }) => decided.has(other)) })),
    requirements: graph.requirements.filter(({ extent }) => [...variablesOf(extent).keys()].every((name) => decided.has(name))),
  }
}
