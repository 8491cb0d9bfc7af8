import { textOf, type Span } from '../../text/source.ts'
import { fail, originAt, type Context } from '../context.ts'
import type { Formal } from '../formals.ts'
import type { Collected, Given } from '../value.ts'

/** A call whose arguments do not fit its parameters. */
interface Called {
  readonly op: string
  readonly formals: readonly Formal[]
  readonly call: Span
}

export function unknownArgument(name: string, given: Given, called: Called, ctx: Context): void {
  fail(ctx, 'call/unknown-argument', { op: called.op, argument: name }, given.nameSpan ?? given.span, {
    cause: { kind: 'unknown-argument', ...called, name, given },
  })
}

export function missingArgument(formal: Formal, args: Collected, called: Called, ctx: Context): void {
  fail(ctx, 'call/missing-argument', { op: called.op, argument: formal.name, wanted: formal.wanted }, called.call, {
    cause: { kind: 'missing-argument', ...called, formal, args },
  })
}

/** Of two values for one parameter nobody knows which is meant. */
export function repeatedArgument(op: string, name: string, earlier: Given, given: Given, ctx: Context): void {
  const span = given.nameSpan ?? given.span
  fail(ctx, 'call/repeated-argument', { op, argument: name }, span, {
    labels: [
      { origin: originAt(ctx, earlier.span), text: `${textOf(earlier.span)} is given here` },
      { origin: originAt(ctx, span), text: `and ${textOf(given.span)} here` },
    ],
  })
}

/** @param most how many it takes, in words */
export function tooManyArguments(most: string, args: Collected, called: Called, ctx: Context): void {
  const extra = args.positional[called.formals.length]
  if (!extra) return
  fail(ctx, 'call/too-many-arguments', { op: called.op, most, found: String(args.positional.length) }, extra.span, {
    cause: { kind: 'too-many-arguments', ...called, args },
  })
}
