import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { isStanding, type Frame, type Span } from '../../text/source.ts'
import { argumentEdit, namedArgument } from '../../fixes/argument-edit.ts'
import type { Context } from '../../elaborate/context.ts'
import { expressionAt, isPiped } from '../written.ts'
import { writingWithin } from '../../fixes/writing.ts'
import { parametersOf } from './parameters-of.ts'

/**
 * The fix that gives a number another value: where it is written, or, for a parameter of a block, in the call that gives it or
 * leaves it to its default.
 *
 * @param whole the call in which it stands
 * @param frame the call of the body in which the expression stands
 */
export function valueFix(expr: Expr, value: string, whole: Span, frame: Frame | undefined, ctx: Context): Fix | undefined {
  if (expr.kind === 'number') return writingWithin(whole, { span: expr.span, text: value })
  if (expr.kind !== 'name' || !frame || isStanding(frame) || frame.call.source.library) return undefined
  const { call: at, parent } = frame
  const index = parametersOf(frame, ctx).findIndex(({ name }) => name.name === expr.name)
  if (index < 0) return undefined
  const call = expressionAt(at, ctx)
  if (!call) return undefined
  const given = namedArgument(call, expr.name)?.value ?? positional(call, index - (takesPiped(call, ctx) ? 1 : 0))
  return given
    ? valueFix(given, value, at, parent, ctx)
    : writingWithin(at, argumentEdit(call, expr.name, `${expr.name}: ${value}`))
}

function positional(call: Expr, index: number): Expr | undefined {
  const arg = call.kind === 'call' ? call.args[index] : undefined
  return arg?.kind === 'positional' ? arg.value : undefined
}

/** Whether a pipe gives a call its first argument. */
const takesPiped = (call: Expr, ctx: Context): boolean =>
  isPiped(call.span, ctx) &&
  !(call.kind === 'call' && call.args.some(({ value }) => value.kind === 'hole'))
