import type { Context, Advice } from '../elaborate/context.ts'
import type { Span } from '../text/source.ts'
import { opInstead } from './elsewhere/op-of-elsewhere.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { expressionAt } from './written.ts'

/** The op that makes its own weights, in the same call of a primitive. */
export function callLayer(layer: string, call: Span, ctx: Context): Advice {
  const expr = expressionAt(call, ctx)
  const word = calleeName(expr)
  const written = expr && word !== undefined ? opInstead(layer, { word, module: undefined, place: expr.kind === 'call' ? expr.callee.span : expr.span }, ctx) : {}
  const [, ...notes] = written.notes ?? []
  return { notes: [`the op that makes its own weights is ${layer}`, ...notes], fixes: written.fixes ?? [] }
}
