import type { Matched } from './arguments.ts'
import { isRefusal, type Builtin } from './builtins.ts'
import type { Call } from './call.ts'
import { applyPrimitive } from './call-primitive.ts'
import { fail, originAt, type Context } from './context.ts'
import { describe, failed, type Value } from './value.ts'
import { givenList, givenValues } from './given-values.ts'

/** A function of the language; with a tensor among its arguments, the primitive that does the same. */
export function callBuiltin(builtin: Builtin, call: Call, matched: Matched, ctx: Context): Value {
  const args = givenValues(matched)
  const origin = originAt(ctx, call.span)
  if (args.some((value) => value.kind === 'error')) return failed(origin)
  if (args.length < builtin.arity[0]) {
    return fail(ctx, 'call/missing-argument', { op: builtin.name, argument: 'a value', wanted: `${builtin.arity[0]} values` }, call.span)
  }
  if (builtin.primitive && args.some((value) => value.kind === 'tensor')) {
    const { primitive } = builtin
    return args.length === 1
      ? applyPrimitive(primitive, args, call.span, ctx)
      : args.slice(1).reduce((result, value) => applyPrimitive(primitive, [result, value], call.span, ctx), args[0]!)
  }
  const result = builtin.apply(args, origin)
  if (!isRefusal(result)) return result
  const given = [...matched.values()].flatMap(givenList)
  const { value: odd, span } = given[result.argument] ?? given[0]!
  const what = given.length > 1 ? `${builtin.name}'s argument ${result.argument + 1}` : `${builtin.name}'s argument`
  return fail(ctx, 'type/mismatch', { what, wanted: result.wanted, found: describe(odd) }, span)
}
