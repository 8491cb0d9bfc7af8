import { didYouMean } from '../../text/did-you-mean.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { primitives } from '../../primitives/index.ts'
import { textOf, type Span } from '../../text/source.ts'
import type { Collected, Given } from '../arguments.ts'
import { fail, originAt, type Context } from '../context.ts'
import type { Formal } from '../formals.ts'
import { isKnown } from '../names.ts'
import { opMeant, parameterMeant, parameterMissed } from './other-frameworks.ts'
import { firstArgument, furtherArgument } from '../../remedies/calls/tensor-fixes.ts'
import { wantsBlock } from '../../remedies/calls/wants-block.ts'
import { writing } from '../../fixes/writing.ts'

export function unknownArgument(
  op: string,
  name: string,
  formals: readonly Formal[],
  given: Given,
  call: Span,
  ctx: Context,
): 'other op' | 'other name' {
  const names = formals.map((formal) => formal.name)
  const layer = layerMeant(op)
  const meant = layer === undefined ? (parameterMeant(name, names) ?? didYouMean(name, names)) : undefined
  const needless = parameterMissed(name)?.endsWith('leave it out')
  const span = given.nameSpan ?? given.span
  const notes = meant ? `did you mean ${meant}?` : (parameterMissed(name) ?? `its parameters are ${names.join(', ') || 'none'}`)
  fail(ctx, 'call/unknown-argument', { op, argument: name }, span, {
    notes: layer === undefined ? [notes] : [`the op that makes its own weights is ${layer}`],
    fixes:
      layer !== undefined
        ? otherOp(op, layer, call)
        : meant
          ? [{ title: `call it ${meant}`, edits: [{ span, text: meant }] }]
          : needless
            ? withoutArgument(span, given.span)
            : [],
  })
  return layer === undefined ? 'other name' : 'other op'
}

/** An argument with the comma before or behind it. */
function withoutArgument(name: Span, value: Span): readonly Fix[] {
  const { text } = name.source
  const [before = ''] = /,\s*$/.exec(text.slice(0, name.start)) ?? []
  const [behind = ''] = before === '' ? (/^\s*,\s*/.exec(text.slice(value.end)) ?? []) : []
  const span = { ...name, start: name.start - before.length, end: value.end + behind.length }
  return [{ title: `leave out ${textOf({ ...name, end: value.end })}`, edits: [{ span, text: '' }] }]
}

/** The op with weights of its own, where a primitive is called like the op of another framework. */
const layerMeant = (op: string): string | undefined => (primitives.has(op) ? opMeant(op) : undefined)

/** Another op in the same call. */
function otherOp(op: string, meant: string, { source, start, end }: Span): readonly Fix[] {
  const isCalled = !source.library && source.text.slice(start, end).startsWith(op)
  return isCalled ? [writing(meant, { source, start, end: start + op.length })] : []
}

export function missingArgument(
  op: string,
  formal: Formal,
  formals: readonly Formal[],
  args: Collected,
  span: Span,
  ctx: Context,
): void {
  const first = formals[0] === formal && formal.tensor
  const bare = args.positional.length + args.named.size === 0
  const layer = layerMeant(op)
  const block = bare ? `without parentheses ${op} is the block itself` : `with a hole it is a block value: ${op}(_, …)`
  const [parentheses] = bare ? (/\(\s*\)$/.exec(textOf(span)) ?? []) : []
  const itself =
    parentheses === undefined
      ? []
      : [{ title: `write ${op}`, edits: [{ span: { ...span, start: span.end - parentheses.length }, text: '' }] }]
  const tensors = [...args.positional, ...args.named.values()].flatMap(({ value }) =>
    value !== 'hole' && value.kind === 'tensor' ? [value.node] : [],
  )
  const given = first ? firstArgument(span, ctx) : formal.tensor ? furtherArgument(formal.name, tensors, span, ctx) : []
  const isBlock = itself.length > 0 && wantsBlock(span, ctx)
  fail(ctx, 'call/missing-argument', { op, argument: formal.name, wanted: formal.wanted }, span, {
    fixes: layer !== undefined ? otherOp(op, layer, span) : isBlock ? itself : [...given, ...itself],
    notes:
      layer === undefined
        ? [first ? `pipe a value into it (x |> ${op}${bare ? '' : '(…)'}); ${block}` : `write it as ${formal.name}: …`]
        : [`the op that makes its own weights is ${layer}`],
  })
}

/** Of two values for one parameter nobody knows which is meant, unless they are the same. */
export function repeatedArgument(op: string, name: string, earlier: Given, given: Given, ctx: Context): void {
  const span = given.nameSpan ?? given.span
  const [before, now] = [textOf(earlier.span), textOf(given.span)]
  fail(ctx, 'call/repeated-argument', { op, argument: name }, span, {
    labels: [
      { origin: originAt(ctx, earlier.span), text: `${before} is given here` },
      { origin: originAt(ctx, span), text: `and ${now} here` },
    ],
    fixes: before === now ? withoutArgument(span, given.span) : [],
  })
}

/** More values than parameters: of an op whose name goes on with the number, or of one that takes nothing but its tensor. */
export function tooManyArguments(
  op: string,
  most: string,
  formals: readonly Formal[],
  args: Collected,
  call: Span,
  ctx: Context,
): void {
  const rest = args.positional.slice(formals.length)
  const [extra, ...others] = rest
  if (!extra) return
  const unnamed = formals.map((formal) => formal.name).join(', ')
  const numbered = `${op}${textOf(extra.span)}`
  const isAlone = others.length === 0 && args.named.size === 0 && formals.length === 1
  const inParentheses = isAlone ? /\([^()]*\)$/.exec(textOf(call)) : null
  const text = inParentheses && isKnown(numbered, ctx) ? numbered : inParentheses && isNeedless(extra) ? op : undefined
  fail(ctx, 'call/too-many-arguments', { op, most, found: String(args.positional.length) }, extra.span, {
    notes: formals.length > 0 ? [`in this order: ${unnamed}; a piped value is the first`] : [],
    fixes: text === undefined || !textOf(call).startsWith(op) ? [] : [writing(text, call)],
  })
}

/** The map that is piped in already, or a switch that ops of other frameworks have: `relu(true)`. */
const isNeedless = ({ value }: Given): boolean => value !== 'hole' && (value.kind === 'tensor' || value.kind === 'bool')
