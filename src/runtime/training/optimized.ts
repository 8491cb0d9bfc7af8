import type { Graph } from '../../compiler/graph/graph.ts'
import { optimize } from '../../compiler/passes/optimize.ts'
import { trainingRules } from '../../compiler/passes/training-rules.ts'
import type { Measured } from './measured.ts'

/**
 * The graph that is computed instead of that of the text: its outputs are what the losses are computed from, by the names of the outputs they belong to.
 * Inputs and weights are those of the text.
 */
export const optimized = ({ graph, objectives, rules = trainingRules }: Pick<Measured, 'graph' | 'objectives' | 'rules'>): Graph =>
  optimize({ ...graph, outputs: objectives.map(({ output, value }) => ({ name: output.name, node: value })) }, rules)
