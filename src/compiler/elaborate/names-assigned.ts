import type { Statement } from '../syntax/ast.ts'
import { patternNames } from '../syntax/pattern-names.ts'
import { statementsIn } from '../syntax/statements-in.ts'

/** The names that statements of a body give to values, each once, in the order of the text. */
export const namesAssigned = (body: readonly Statement[]): readonly string[] => [
  ...new Set(
    statementsIn(body).flatMap((statement) => {
      if (statement.kind === 'assign') return statement.targets.flatMap(patternNames)
      return statement.kind === 'output' || statement.kind === 'weight' || statement.kind === 'layer' ? [statement.name.name] : []
    }),
  ),
]
