import type { Pattern, Statement } from '../syntax/ast.ts'
import { statementsIn } from './statements-in.ts'

/** The names that a pattern binds, in order. */
export const patternNames = (pattern: Pattern): readonly string[] =>
  pattern.kind === 'name' ? [pattern.name] : pattern.kind === 'list' ? pattern.items.flatMap(patternNames) : []

/** The names that statements of a body give to values, each once, in the order of the text. */
export const namesAssigned = (body: readonly Statement[]): readonly string[] => [
  ...new Set(
    statementsIn(body).flatMap((statement) => {
      if (statement.kind === 'assign') return statement.targets.flatMap(patternNames)
      return statement.kind === 'output' || statement.kind === 'weight' || statement.kind === 'layer' ? [statement.name.name] : []
    }),
  ),
]
