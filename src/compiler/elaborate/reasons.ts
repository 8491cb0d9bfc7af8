import type { Expr } from '../ast.ts'
import { childrenOf } from '../children.ts'
import type { Details } from '../diagnostics.ts'
import { printDim } from '../dim/print.ts'
import type { Context } from './context.ts'

/** Where the numbers were decided that a condition, or the message about it, speaks of; those the library computes are left out. */
export function reasonsOf(condition: Expr, ctx: Context, message?: Expr): NonNullable<Details['labels']> {
  const names = new Set([condition, ...(message ? [message] : [])].flatMap(namesIn))
  return [...names].flatMap((name) => {
    const value = ctx.scope.get(name)
    if (value?.kind !== 'int' || value.origin.span.source.library) return []
    return [{ origin: value.origin, text: `${printDim(value.dim)} decided here` }]
  })
}

const namesIn = (expr: Expr): readonly string[] => (expr.kind === 'name' ? [expr.name] : childrenOf(expr).flatMap(namesIn))
