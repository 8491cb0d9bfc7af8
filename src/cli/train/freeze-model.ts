import { freezeWeights } from '../../compiler/ir/freeze-weights.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { refuseUnmatched } from './refuse-unmatched.ts'

/** A model in which nothing trains that --freeze names. @throws UsageError where a glob names nothing */
export function freezeModel(model: Graph, globs: readonly string[]): Graph {
  const { graph, unmatched } = freezeWeights(model, globs)
  refuseUnmatched('--freeze', unmatched, model)
  return graph
}
