import type { Edit } from '../diagnostics/diagnostics.ts'
import { lineStart, type Span } from '../text/source.ts'

/** Takes something out of a text: with its lines where nothing else stands on them, otherwise with the spaces before it. */
export function removal({ source, start, end }: Span): Edit {
  const { text } = source
  const from = lineStart(text, start)
  const lineEnd = text.indexOf('\n', end)
  const after = text.slice(end, lineEnd < 0 ? text.length : lineEnd)
  const alone = text.slice(from, start).trim() === '' && after.trim() === ''
  if (alone) return { span: { source, start: from, end: lineEnd < 0 ? text.length : lineEnd + 1 }, text: '' }
  const spaces = /[ \t]*$/.exec(text.slice(from, start))?.[0].length ?? 0
  return { span: { source, start: start - spaces, end }, text: '' }
}
