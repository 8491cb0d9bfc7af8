import type { Expr } from '../ast.ts'
import { childrenOf } from '../children.ts'
import type { Fix } from '../diagnostics.ts'
import { textOf, type Span } from '../source.ts'
import type { Context } from './context.ts'
import type { Value } from './value.ts'

type Int = Value & { readonly kind: 'int' }

/**
 * A number that was written in a call, and that what is required of it and others does not hold for: the nearest one that divides one of
 * the others, such as the groups or the ratio that go with the channels.
 */
export function requiredDivisor(exprs: readonly Expr[], ctx: Context): readonly Fix[] {
  const found = new Map(exprs.flatMap((expr) => intsIn(expr, ctx)).map((value) => [value.dim, value]))
  const ints = [...found.values()]
  return ints.flatMap((divisor) => ints.flatMap(({ dim }) => (dim === divisor.dim || typeof dim !== 'number' ? [] : divisorFixes(divisor, [dim]))))
}

/** Writes the nearest number that divides all of these instead of one that does not, where that one is written out. */
export function divisorFixes({ dim, origin: { span } }: Int, wholes: readonly number[]): readonly Fix[] {
  const nearest = typeof dim === 'number' && isLiteral(span) ? nearestDivisor(dim, wholes) : undefined
  if (nearest === undefined || nearest < 2) return []
  return [{ title: `write ${nearest}, which divides ${[...new Set(wholes)].join(' and ')}`, edits: [{ span, text: String(nearest) }] }]
}

const isLiteral = (span: Span): boolean => !span.source.library && /^\d+$/.test(textOf(span))

function nearestDivisor(number: number, wholes: readonly number[]): number | undefined {
  const least = Math.min(...wholes)
  // of what is divided by too large a number, a few are left
  const most = number >= least ? Math.floor(least / 4) : Math.floor(least / 2)
  const candidates = Array.from({ length: Math.max(0, Math.min(most, 1_000_000)) }, (_, i) => i + 1)
  const divisors = candidates.filter((one) => one !== number && wholes.every((whole) => whole % one === 0))
  return divisors.sort((a, b) => Math.abs(a - number) - Math.abs(b - number))[0]
}

function intsIn(expr: Expr, ctx: Context): readonly Int[] {
  const value = expr.kind === 'name' ? ctx.scope.get(expr.name) : undefined
  return value?.kind === 'int' ? [value] : expr.kind === 'name' ? [] : childrenOf(expr).flatMap((child) => intsIn(child, ctx))
}
