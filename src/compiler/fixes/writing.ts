import type { Edit, Fix, Safety } from '../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../text/source.ts'

/** The fix that writes something else in a place. */
export const writing = (text: string, span: Span, safety: Safety = 'unsafe'): Fix => ({
  title: `write ${text}`,
  safety,
  edits: [{ span, text }],
})

/** The same in several places. */
export const writingAll = (edits: readonly Edit[], safety: Safety = 'unsafe'): Fix => ({
  title: `write ${[...new Set(edits.map(({ text }) => text))].join(' and ')}`,
  safety,
  edits,
})

/** The same, saying what stands there now. */
export const insteadOf = (text: string, span: Span): Fix => ({
  title: `write ${text} instead of ${textOf(span)}`,
  safety: 'unsafe',
  edits: [{ span, text }],
})

/** The fix that changes part of a longer text, which is shown whole. */
export const writingWithin = (whole: Span, edit: Edit): Fix => ({
  title: `write ${textOf({ ...whole, end: edit.span.start })}${edit.text}${textOf({ ...whole, start: edit.span.end })}`,
  safety: 'unsafe',
  edits: [edit],
})
