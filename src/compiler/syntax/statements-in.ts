import type { Statement } from './ast.ts'

/** The statements of a body with those inside its loops and conditions, in the order of the text. */
export const statementsIn = (body: readonly Statement[]): readonly Statement[] =>
  body.flatMap((statement) => {
    if (statement.kind === 'for') return [statement, ...statementsIn(statement.body)]
    return statement.kind === 'if'
      ? [statement, ...statementsIn(statement.consequent), ...statementsIn(statement.alternative)]
      : [statement]
  })
