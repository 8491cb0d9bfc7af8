import type { Edit } from '../diagnostics.ts'

/** The text that an edit puts in, with line breaks as its file has them. */
export const replacementOf = ({ span, text }: Edit): string =>
  span.source.text.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text
