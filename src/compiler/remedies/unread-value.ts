import { bindingsIn } from '../syntax/bindings.ts'
import type { Context } from '../elaborate/context.ts'
import { isSamePlace, type Span } from '../text/source.ts'
import { around, callTo, declarationAround, holds } from './around.ts'

/** The one value made before a place that nothing reads, where what is read there is a value. */
export function unreadValue(span: Span, ctx: Context): string | undefined {
  const declaration = declarationAround(span, ctx)
  const place = around(span, ctx)
  const isStep = place?.exprs.some(
    (expr) => expr.kind === 'pipe' && expr.steps.some(({ value }) => isSamePlace(value.span, span)),
  )
  if (!declaration || !place || isStep || callTo(span, ctx)) return undefined
  const made = bindingsIn(ctx.module.ast)
    .filter((binding) => binding.kind === 'assigned' && holds(declaration, binding.span) && binding.span.end <= span.start)
    .filter(({ uses }) => uses.every(({ how }) => how === 'written'))
  const [only, ...others] = new Set(made.map(({ name }) => name))
  return others.length === 0 ? only : undefined
}
