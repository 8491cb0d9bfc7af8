import type { Pattern, Statement } from '../syntax/ast.ts'
import { originAt, type Context } from './context.ts'
import type { Returned } from './run-body.ts'
import { statementsIn } from './statements-in.ts'
import { failed } from './value.ts'

/**
 * What becomes of a body that a mistake keeps from being run: the names it assigns are errors, so that their uses stay silent,
 * and so is what it would have returned.
 */
export function undecided(body: readonly Statement[], ctx: Context): Returned | undefined {
  const statements = statementsIn(body)
  for (const statement of statements) {
    if (statement.kind !== 'assign') continue
    for (const name of statement.targets.flatMap(namesOf)) ctx.scope.assign(name, failed(originAt(ctx, statement.span)))
  }
  const returning = statements.find((statement) => statement.kind === 'return')
  return returning && [failed(originAt(ctx, returning.span))]
}

const namesOf = (pattern: Pattern): readonly string[] =>
  pattern.kind === 'name' ? [pattern.name] : pattern.kind === 'list' ? pattern.items.flatMap(namesOf) : []
