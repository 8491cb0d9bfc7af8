import type { Edit } from '../../diagnostics/diagnostics.ts'
import { textOf, userOrigin, type Span } from '../../text/source.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { callAt, expressionAt, isPiped } from '../written.ts'
import type { Place } from '../../elaborate/place.ts'

/** Lets an argument go through a step before it enters a call of the user's text; undefined where it does not stand there. */
export function stepBefore({ span, call }: Pick<Place, 'span' | 'call'>, step: string, ctx: Context): Edit | undefined {
  const called = userOrigin(originAt(ctx, call)).span
  if (isInside(span, called)) return behind(span, step, ctx)
  if (isPiped(called, ctx)) return { span: { ...called, end: called.start }, text: `${step} |> ` }
  const [first] = callAt(called, ctx)?.args ?? []
  return first?.kind === 'positional' ? behind(first.value.span, step, ctx) : undefined
}

/** A pipe binds weakest, except that the last branch of an `if` takes it in. */
function behind(span: Span, step: string, ctx: Context): Edit {
  const text = textOf(span)
  return { span, text: `${expressionAt(span, ctx)?.kind === 'choice' ? `(${text})` : text} |> ${step}` }
}

const isInside = (span: Span, call: Span): boolean =>
  span.source === call.source && call.start < span.start && span.end < call.end
