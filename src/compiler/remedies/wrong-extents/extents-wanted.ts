import type { Span } from '../../text/source.ts'
import { textOf } from '../../text/source.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Remedy } from '../remedy.ts'
import { argumentChannels } from './channels-wanted.ts'
import { turnedShape } from './axes-in-order.ts'

/** An argument whose extents are others: it belongs to another parameter, its axes have another order, or its channels differ. */
export const extentsWanted: Remedy<'wrong-extents'> = (cause, ctx) => {
  const { span, exchangedWith } = cause.place
  if (exchangedWith) return { fixes: [exchanged(span, exchangedWith)] }
  return turnedShape(cause, ctx) ?? { fixes: argumentChannels(cause, ctx) }
}

function exchanged(a: Span, b: Span): Fix {
  const [first, second] = [textOf(a), textOf(b)]
  const edits = [
    { span: a, text: second },
    { span: b, text: first },
  ]
  return { title: `write ${second} for ${first}, and ${first} for ${second}`, safety: 'unsafe', edits }
}
