import type { Span } from '../text/source.ts'

/** The text of an expression with all parentheses directly around it. */
export function withParentheses(span: Span): Span {
  const { text } = span.source
  const before = text.slice(0, span.start).trimEnd()
  const [close] = /^\s*\)/.exec(text.slice(span.end)) ?? []
  if (!before.endsWith('(') || close === undefined) return span
  return withParentheses({ ...span, start: before.length - 1, end: span.end + close.length })
}
