import type { Fix } from '../diagnostics.ts'
import type { Span } from '../source.ts'

/** The fix that writes something else in a place. */
export const writing = (text: string, span: Span): Fix => ({ title: `write ${text}`, edits: [{ span, text }] })
