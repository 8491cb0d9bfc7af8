import type { Details, Edit, Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { ListValue } from '../elaborate/value.ts'
import { textOf, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import { writing } from '../fixes/writing.ts'
import type { Place } from '../elaborate/place.ts'

/** What becomes of a list where one of its numbers is wanted: without the brackets, where nothing else stands in them or a list is around. */
export function withoutBrackets({ items, origin: { span } }: ListValue, { isElement }: Place, ctx: Context): readonly Fix[] {
  if (expressionAt(span, ctx)?.kind !== 'list' || !(isElement || items.length === 1)) return []
  return [{ title: 'leave out the brackets', safety: 'safe', edits: [{ span, text: textOf(span).slice(1, -1).trim() }] }]
}

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
  return [{ title: `write ${before}, ${behind}`, safety: 'unsafe', edits }]
}

/** A size that was given with the channels, before it or behind it: they stay what they are. */
export function withoutChannels({ items, origin: { span } }: ListValue, ctx: Context): Details {
  const list = expressionAt(span, ctx)
  const [first, second, third, ...others] = list?.kind === 'list' ? list.items.map(({ value }) => textOf(value.span)) : []
  if (!first || !second || !third || others.length > 0 || items.length !== 3) return {}
  const size = second === third ? [second, third] : first === second ? [first, second] : undefined
  return { notes: ['a size is [height, width]: the channels stay as they are'], fixes: size ? [writing(`[${size.join(', ')}]`, span)] : [] }
}
