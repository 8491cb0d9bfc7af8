import type { Expr, ListExpr } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { evaluate } from '../elaborate/evaluate.ts'
import { formalsOf, type Formal } from '../elaborate/formals.ts'
import { isKnown } from '../elaborate/names.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * Whether a call stands where a block value is wanted: in a `layer`, as the default of a parameter, beside a block parameter of
 * another call, in a list of block values, or in place of what is called: `conv(32)(x)`.
 */
export function wantsBlock(call: Span, ctx: Context): boolean {
  const place = surroundingsOf(call, ctx)
  const [around, outer] = [place?.exprs.at(-3), place?.exprs.at(-2)]
  if (!place || !outer) return place !== undefined && [undefined, 'layer'].includes(place.statements.at(-1)?.kind)
  if (outer.kind === 'list') return takesBlocks(around, true, ctx) || hasBlocks(outer, ctx)
  return (outer.kind === 'call' && outer.callee === place.exprs.at(-1)) || takesBlocks(outer, false, ctx)
}

/** Whether a call has a parameter for a block value, or for a list of them. */
function takesBlocks(call: Expr | undefined, isList: boolean, ctx: Context): boolean {
  const callee = call?.kind === 'call' ? evaluate(call.callee, ctx) : undefined
  const takes = (formal: Formal): boolean => formal.isBlock && formal.isList === isList
  return callee?.kind === 'block' && formalsOf(callee.target).some(takes)
}

/** Whether another element of a list is the name of a block, or has a hole. */
const hasBlocks = ({ items }: ListExpr, ctx: Context): boolean =>
  items.some(({ kind, value }) => {
    if (kind !== 'value') return false
    if (value.kind === 'call') return value.args.some((arg) => arg.value.kind === 'hole')
    return value.kind === 'name' && isKnown(value.name, ctx) && evaluate(value, ctx).kind === 'block'
  })
