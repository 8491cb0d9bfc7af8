import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../text/source.ts'

/** The fix that writes something else in a place. */
export const writing = (text: string, span: Span): Fix => ({ title: `write ${text}`, edits: [{ span, text }] })

/** The same, saying what stands there now. */
export const insteadOf = (text: string, span: Span): Fix => ({
  title: `write ${text} instead of ${textOf(span)}`,
  edits: [{ span, text }],
})

/** The fix that changes part of a longer text, which is shown whole. */
export const writingWithin = (whole: Span, edit: Edit): Fix => ({
  title: `write ${textOf({ ...whole, end: edit.span.start })}${edit.text}${textOf({ ...whole, start: edit.span.end })}`,
  edits: [edit],
})
