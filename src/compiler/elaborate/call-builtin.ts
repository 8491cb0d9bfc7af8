import type { Details } from '../diagnostics/diagnostics.ts'
import { isRefusal } from './builtins.ts'
import { applyPrimitive } from './call-primitive.ts'
import { fail, originAt, type Context } from './context.ts'
import { describe, holdsTensors, isOpen, silenced, unknown, type Value, type Written, type Builtin, type Matched } from './value.ts'
import { givenList, givenValues } from './given-values.ts'
import type { Call } from './call-site.ts'

/** A function of the language; with a tensor among its arguments, the primitive that does the same. */
export function callBuiltin(builtin: Builtin, call: Call, matched: Matched, ctx: Context): Value {
  const args = givenValues(matched)
  const origin = originAt(ctx, call.span)
  const silent = silenced(args, origin)
  if (silent) return silent
  if (args.length < builtin.arity[0]) {
    return fail(
      ctx,
      'call/missing-argument',
      { op: builtin.name, argument: 'a value', wanted: `${builtin.arity[0]} values` },
      call.span,
    )
  }
  if (builtin.primitive && args.some((value) => value.kind === 'tensor')) {
    const { primitive } = builtin
    const [first, ...others] = [...matched.values()].flatMap(givenList)
    if (!first || others.length === 0) return applyPrimitive(primitive, first ? [first] : [], call.span, ctx)
    const whole = (value: Value): Written => ({ value, span: call.span })
    return others.reduce((result, other) => whole(applyPrimitive(primitive, [result, other], call.span, ctx)), first as Written)
      .value
  }
  const result = builtin.apply(args, origin)
  if (!isRefusal(result)) return result
  if (args.some(isOpen) && args.every((value) => isOpen(value) || isConstant(value))) return unknown(origin)
  const given = [...matched.values()].flatMap(givenList)
  const { value: odd, span } = given[result.argument] ?? given[0]!
  const what = given.length > 1 ? `${builtin.name}'s argument ${result.argument + 1}` : `${builtin.name}'s argument`
  return fail(
    ctx,
    'type/mismatch',
    { what, wanted: result.wanted, found: describe(odd) },
    span,
    odd.kind === 'float' && result.isOfInts
      ? { cause: { kind: 'float-for-int', value: odd } }
      : builtin.primitive !== undefined && odd.kind === 'list' && holdsTensors(odd)
      ? { cause: { kind: 'not-a-tensor', value: odd, written: span, use: 'operand' } }
      : { labels: unequalLists(args, odd), cause: { kind: 'not-a-number', value: odd } },
  )
}

/** Whether it may stand beside what a caller decides: of anything else the refusal is right. */
const isConstant = ({ kind }: Value): boolean => kind === 'int' || kind === 'float' || kind === 'list'

/** Where values were made that do not go together. */
const unequalLists = (args: readonly Value[], odd: Value): NonNullable<Details['labels']> =>
  args.length > 1 && odd.kind === 'list' ? args.map((value) => ({ origin: value.origin, text: describe(value) })) : []
