import type { Context } from '../elaborate/context.ts'
import type { Fix, Safety } from '../diagnostics/diagnostics.ts'
import { isSamePlace, textOf, type Span } from '../text/source.ts'
import { callAround } from './written.ts'

/** Takes the argument with this value out of its call, with the comma before or behind it. */
export function withoutArgument(value: Span, safety: Safety, ctx: Context): readonly Fix[] {
  const args = callAround(value, ctx)?.args ?? []
  const at = args.findIndex((one) => isSamePlace(one.value.span, value))
  const [before, argument, next] = [args[at - 1], args[at], args[at + 1]]
  if (!argument) return []
  const start = before ? before.span.end : argument.span.start
  const end = next && !before ? next.span.start : argument.span.end
  return [{ title: `leave out ${textOf(argument.span)}`, safety, edits: [{ span: { ...value, start, end }, text: '' }] }]
}
