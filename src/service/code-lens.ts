import type { Dim } from '../compiler/dim/expr.ts'
import { statsOf, type Stats } from '../compiler/facts/stats.ts'
import type { Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'

export interface ModelLens {
  /** The name of the model. */
  readonly span: Span
  readonly model: string
  readonly parameters: Stats['parameters']
  /** Multiply-adds per sample. */
  readonly macs: Dim
  /** They are those of the last text without mistakes of syntax. */
  readonly isOld: boolean
}

/** What is counted of each model that has a graph, or had one before a mistake of syntax. */
export const codeLens = ({ ast, graphs, lastGood }: Analysis): readonly ModelLens[] =>
  ast.declarations.flatMap(({ kind, name: { name, span } }) => {
    if (kind !== 'model') return []
    const graph = graphs.find((one) => one.name === name)
    const counted = graph ?? lastGood?.graphs.find((one) => one.name === name)
    if (!counted) return []
    const { parameters, macs } = statsOf(counted)
    return [{ span, model: name, parameters, macs, isOld: graph === undefined }]
  })
