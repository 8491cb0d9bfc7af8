import type { Statement } from '../syntax/ast.ts'
import { outerSpan } from '../syntax/outer-span.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { reportLabelOf } from './reports/idle-label.ts'
import { describe, failed, isSilent } from './value.ts'

/** `layer f = conv(_, 64, 3x3)`: a block value whose uses share the weights of the first. */
export function declareLayer({ name, value: expr }: Statement & { kind: 'layer' }, ctx: Context): void {
  const [written, label] = expr.kind === 'label' ? [expr.of, expr.label] : [expr, undefined]
  const value = evaluate(written, ctx)
  if (value.kind === 'block') {
    if (label) reportLabelOf(value, written.kind === 'call' ? written.callee : written, label, outerSpan(written), ctx)
    // inside a layer, an inner layer shares with the outer one's uses too
    const layer = { path: ctx.path, weights: ctx.layer ?? new Map(), label: label?.name }
    bind(name, { ...value, layer }, ctx, 'assigned')
    return
  }
  ctx.scope.assign(name.name, isSilent(value) ? value : failed(originAt(ctx, written.span)))
  if (isSilent(value)) return
  fail(ctx, 'type/mismatch', { what: `layer ${name.name}`, wanted: 'a block value', found: describe(value) }, written.span, {
    cause: { kind: 'not-a-block', value },
  })
}
