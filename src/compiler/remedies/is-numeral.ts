import { textOf, type Span } from '../text/source.ts'

/** Whether a place of the user's text is a whole number, which can be written anew. */
export const isNumeral = (span: Span): boolean => !span.source.library && /^\d+$/.test(textOf(span))
