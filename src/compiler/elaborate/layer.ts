import type { Statement } from '../syntax/ast.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { describe, failed, isSilent } from './value.ts'

/** `layer f = conv(_, 64, 3x3)`: a block value whose uses share the weights of the first. */
export function declareLayer({ name, value: expr }: Statement & { kind: 'layer' }, ctx: Context): void {
  const value = evaluate(expr, ctx)
  if (value.kind === 'block') {
    // inside a layer, an inner layer shares with the outer one's uses too
    const layer = { path: ctx.path, weights: ctx.layer ?? new Map() }
    bind(name, { ...value, layer }, ctx, 'assigned')
    return
  }
  ctx.scope.assign(name.name, isSilent(value) ? value : failed(originAt(ctx, expr.span)))
  if (isSilent(value)) return
  fail(ctx, 'type/mismatch', { what: `layer ${name.name}`, wanted: 'a block value', found: describe(value) }, expr.span, {
    cause: { kind: 'not-a-block', value },
  })
}
