import type { Context, Advice } from '../elaborate/context.ts'
import type { Span } from '../text/source.ts'
import { writing } from '../fixes/writing.ts'
import { expressionAt } from './written.ts'

/** The op that makes its own weights, in the same call of a primitive. */
export function callLayer(layer: string, call: Span, ctx: Context): Advice {
  const expr = expressionAt(call, ctx)
  return {
    notes: [`the op that makes its own weights is ${layer}`],
    fixes: expr ? [writing(layer, expr.kind === 'call' ? expr.callee.span : expr.span, 'safe')] : [],
  }
}
