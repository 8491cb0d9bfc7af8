import type { Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { evaluate } from '../elaborate/evaluate.ts'
import { formalsOf } from '../elaborate/formals.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * Whether a call stands where a block value is wanted: in a `layer`, as the default of a parameter, beside a block parameter of
 * another call, or in place of what is called: `conv(32)(x)`.
 */
export function wantsBlock(call: Span, ctx: Context): boolean {
  const place = surroundingsOf(call, ctx)
  const outer = place?.exprs.at(-2)
  if (!place || !outer) return place !== undefined && [undefined, 'layer'].includes(place.statements.at(-1)?.kind)
  if (outer.kind !== 'call') return false
  if (outer.callee === place.exprs.at(-1)) return true
  const callee = evaluate(outer.callee, ctx)
  return callee.kind === 'block' && formalsOf(callee.target).some((formal) => formal.isBlock)
}
