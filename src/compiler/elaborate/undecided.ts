import type { Statement } from '../syntax/ast.ts'
import { originAt, type Context } from './context.ts'
import type { Returned } from './run-body.ts'
import { patternNames } from '../syntax/pattern-names.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { failed, silenced, type Value } from './value.ts'

/**
 * What becomes of a body that a mistake keeps from being run: the names it assigns are errors, so that their uses stay silent,
 * and so is what it would have returned. Where a caller decides whether it runs, they are unknown, and what stands behind it is
 * run.
 *
 * @param by what does not say whether it runs
 */
export function undecided(body: readonly Statement[], by: Value, ctx: Context): Returned | undefined {
  const statements = statementsIn(body)
  for (const statement of statements) {
    const origin = originAt(ctx, statement.span)
    for (const name of namesIn(statement)) ctx.scope.assign(name, silenced([by], origin) ?? failed(origin))
  }
  if (by.kind === 'unknown') return undefined
  const returning = statements.find((statement) => statement.kind === 'return')
  return returning && [failed(originAt(ctx, returning.span))]
}

function namesIn(statement: Statement): readonly string[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(patternNames)
  return statement.kind === 'weight' || statement.kind === 'layer' ? [statement.name.name] : []
}
