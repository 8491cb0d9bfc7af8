import type { Extents } from '../../codegen/bind-inputs.ts'
import { evaluate } from '../../compiler/dim/expr.ts'
import type { Graph } from '../../compiler/graph/graph.ts'

/** The shape that an output has for one sample, for inputs with these extents. */
export function outputShape({ name, outputs }: Graph, wanted: string, extents: Extents): readonly number[] {
  const output = outputs.find((each) => each.name === wanted)
  if (!output) throw new Error(`${name} has no output ${wanted}`)
  return output.node.type.shape.map(({ dim }) => evaluate(dim, extents))
}
