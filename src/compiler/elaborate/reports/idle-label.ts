import type { Expr, Identifier } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import type { Span } from '../../text/source.ts'
import { fail, type Context } from '../context.ts'
import { holdsWeights } from '../holds-weights.ts'
import type { BlockValue } from '../value.ts'

/** A label behind what has no weights that it could name. */
export function reportIdleLabel(label: Identifier, behind: Span, reason: string, ctx: Context): void {
  fail(ctx, 'name/idle-label', { label: label.name, reason }, label.span, { cause: { kind: 'idle-label', label, behind } })
}

/** A label behind a call of what has weights elsewhere, or none. What a value stands for that a caller gives may be another one. */
export function reportLabelOf({ name, layer, target }: BlockValue, callee: Expr, label: Identifier, call: Span, ctx: Context): void {
  if (layer) reportIdleLabel(label, call, 'the weights of a layer are named by its `layer` statement', ctx)
  else if (isDeclared(callee, ctx) && !holdsWeights(target, ctx)) reportIdleLabel(label, call, `${name} has no weights`, ctx)
}

const isDeclared = (callee: Expr, { scope }: Context): boolean =>
  callee.kind === 'member' || (callee.kind === 'name' && scope.get(callee.name) === undefined)

/** Whether something is called in an expression, or may be: what a step of a pipe stands for is called. */
export const hasCalls = (expr: Expr): boolean => expr.kind === 'call' || expr.kind === 'pipe' || childrenOf(expr).some(hasCalls)
