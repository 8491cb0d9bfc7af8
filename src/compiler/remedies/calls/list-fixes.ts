import type { Expr } from '../../syntax/ast.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import type { ListValue } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'

/**
 * What becomes of a list where one of its numbers is wanted: without the brackets, where nothing else stands in them or a list is
 * around.
 */
export function withoutBrackets(
  { items, origin: { span } }: ListValue,
  place: Span,
  isElement: boolean,
  ctx: Context,
): readonly Fix[] {
  if (span.source.library || !textOf(span).startsWith('[')) return []
  const whole = isElement ? ctx.run.modules.expressionAt(place) : undefined
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
  const call = whole.source.library ? undefined : ctx.run.modules.expressionAt(whole)
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
export function asSize(list: ListValue): readonly Fix[] {
  const { span } = list.origin
  const [first, ...others] = list.items.map((item) => (item.kind === 'int' ? item.dim : undefined))
  const isOneNumber = typeof first === 'number' && others.every((dim) => dim === first)
  return isOneNumber && !span.source.library && textOf(span).startsWith('[') ? [writing(`${first}x${first}`, span)] : []
}

/** `a + b` of lists, as other languages join them. */
export function joined(span: Span, ctx: Context): readonly Fix[] {
  const expr = span.source.library ? undefined : ctx.run.modules.expressionAt(span)
  if (expr?.kind !== 'chain' || expr.rest.some(({ op }) => op !== '+')) return []
  return [writing(`[${[expr.first, ...expr.rest.map(({ value }) => value)].map(elementsOf).join(', ')}]`, span)]
}

const elementsOf = (expr: Expr): string =>
  expr.kind === 'list' ? textOf(expr.span).slice(1, -1).trim() : `...${textOf(expr.span)}`

/** Numbers in one list, of which a pattern takes some at a time: `[64, 2, 128, 2]` by twos. */
export function inRows({ span: { source, start, end } }: { readonly span: Span }, size: number): readonly Fix[] {
  const [, before] = /\[([^[\]]*)$/.exec(source.text.slice(0, start)) ?? []
  const [, behind] = /^([^[\]]*)\]/.exec(source.text.slice(end)) ?? []
  if (before === undefined || behind === undefined || source.library) return []
  const span = { source, start: start - before.length - 1, end: end + behind.length + 1 }
  const numbers = textOf(span).slice(1, -1).split(',').map((number) => number.trim())
  if (size === 0 || numbers.length % size !== 0 || !numbers.every((number) => /^[\w.]+$/.test(number))) return []
  const rows = Array.from({ length: numbers.length / size }, (_, i) => `[${numbers.slice(i * size, (i + 1) * size).join(', ')}]`)
  return [writing(`[${rows.join(', ')}]`, span)]
}
