import type { Span } from '../source.ts'

/** The text of an expression with all parentheses directly around it. */
export function withParentheses(span: Span): Span {
  const { text } = span.source
  const [open] = /\(\s*$/.exec(text.slice(0, span.start)) ?? []
  const [close] = /^\s*\)/.exec(text.slice(span.end)) ?? []
  if (open === undefined || close === undefined) return span
  return withParentheses({ ...span, start: span.start - open.length, end: span.end + close.length })
}
