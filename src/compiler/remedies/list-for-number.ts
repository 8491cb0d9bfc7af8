import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { ListValue } from '../elaborate/value.ts'
import { writing } from '../fixes/writing.ts'
import { textOf, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import type { Place } from '../elaborate/place.ts'

/**
 * What becomes of a list where one of its numbers is wanted: without the brackets, where nothing else stands in them or a list is
 * around.
 */
export function withoutBrackets({ items, origin: { span } }: ListValue, { span: place, isElement }: Place, ctx: Context): readonly Fix[] {
  if (expressionAt(span, ctx)?.kind !== 'list') return []
  const whole = isElement ? expressionAt(place, ctx) : undefined
  const inner = whole?.kind === 'list' ? whole.items.flatMap(({ value }) => (value.kind === 'list' ? [value] : [])) : []
  if (inner.length > 0) return [{ title: 'leave out the inner brackets', edits: inner.flatMap(brackets) }]
  return isElement || items.length === 1 ? [{ title: 'leave out the brackets', edits: brackets({ span }) }] : []
}

const brackets = ({ span }: { readonly span: Span }): readonly Edit[] => [
  { span: { ...span, end: span.start + 1 }, text: '' },
  { span: { ...span, start: span.end - 1 }, text: '' },
]

/** A size that was written before the number which the op takes first: `conv(3x3, 64)`. */
export function sizeBeforeNumber(at: Span, whole: Span, ctx: Context): readonly Fix[] {
  const call = expressionAt(whole, ctx)
  const args = call?.kind === 'call' ? call.args : []
  const index = args.findIndex(({ value }) => value.span.start === at.start)
  const [size, number] = args.slice(index, index + 2)
  if (index < 0 || size?.kind !== 'positional' || size.value.kind !== 'size') return []
  if (number?.kind !== 'positional' || number.value.kind !== 'number') return []
  const [before, behind] = [textOf(number.value.span), textOf(size.value.span)]
  const edits: readonly Edit[] = [
    { span: size.value.span, text: before },
    { span: number.value.span, text: behind },
  ]
  return [{ title: `write ${before}, ${behind}`, edits }]
}

/** A list with as many numbers as axes of other tensors, all the same: what it is for the two of a map. */
export function sizeAsNumber({ items, origin: { span } }: ListValue): readonly Fix[] {
  const [first, ...others] = items.map((item) => (item.kind === 'int' ? item.dim : undefined))
  const isOneNumber = typeof first === 'number' && others.every((dim) => dim === first)
  return isOneNumber && !span.source.library && textOf(span).startsWith('[') ? [writing(`${first}x${first}`, span)] : []
}
