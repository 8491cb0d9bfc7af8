import type { Expr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import type { Details } from '../../diagnostics/diagnostics.ts'
import { printDim } from '../../dim/print.ts'
import type { Context } from '../context.ts'
import { evaluate } from '../evaluate.ts'
import type { Value } from '../value.ts'
import { labelText } from '../../text/label-text.ts'

/**
 * Where the numbers were decided that a condition, or the message about it, speaks of; those the library computes are left out.
 */
export function reasonsOf(condition: Expr, ctx: Context, message?: Expr): NonNullable<Details['labels']> {
  const values = [condition, ...(message ? [message] : [])].flatMap((expr) => valuesIn(expr, ctx))
  return values.flatMap((value) => {
    if (value.kind !== 'int' || value.origin.span.source.library) return []
    return [{ origin: value.origin, ...labelText(printDim(value.dim), 'decided') }]
  })
}

/** The values of the names in an expression, and of the extents of named tensors: `C`, `x.channels`. */
function valuesIn(expr: Expr, ctx: Context): readonly Value[] {
  if (expr.kind === 'name') return [ctx.scope.get(expr.name) ?? []].flat()
  const extent = expr.kind === 'member' && expr.of.kind === 'name' && ctx.scope.get(expr.of.name)?.kind === 'tensor'
  return extent ? [evaluate(expr, ctx)] : childrenOf(expr).flatMap((child) => valuesIn(child, ctx))
}
