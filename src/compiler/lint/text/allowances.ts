import type { Diagnostic } from '../../diagnostics/diagnostics.ts'
import type { Module } from '../../reading/module.ts'
import { lineText, positionOf, type Source, type Span } from '../../text/source.ts'

/** `// fmw-allow lint/rule: reason`: what a rule finds on a line is meant so. */
export interface Allowance {
  readonly comment: Span
  /** What is allowed, as it is written; empty where nothing is. */
  readonly rule: string
  readonly ruleSpan: Span
  readonly reason: string
  /** The line it is about: its own, or the next with something else than a comment where it stands alone. */
  readonly line: number
}

/** The allowances of a file, in order. */
export const allowancesOf = ({ source, ast }: Module): readonly Allowance[] =>
  ast.comments.flatMap(({ text, span }) => {
    const written = /^\/\/\s*fmw-allow(?![\w-])[ \t]*(?<rule>[^\s:]*)\s*:?\s*(?<reason>.*)$/d.exec(text)
    const { rule = '', reason = '' } = written?.groups ?? {}
    const [start, end] = written?.indices?.groups?.['rule'] ?? []
    if (start === undefined || end === undefined) return []
    const ruleSpan = { source, start: span.start + start, end: span.start + end }
    return [{ comment: span, rule, ruleSpan, reason: reason.trim(), line: lineAllowed(span) }]
  })

function lineAllowed({ source, start }: Span): number {
  const { line } = positionOf(source, start)
  if (!isComment(lineText(source, line))) return line
  const last = positionOf(source, source.text.length).line
  let next = line + 1
  while (next < last && isComment(lineText(source, next))) next++
  return next
}

const isComment = (text: string): boolean => /^\s*\/\//.test(text)

export const allows = ({ rule, line, comment }: Allowance, { code, span }: Diagnostic): boolean =>
  rule === code && comment.source === span.source && line === lineOf(span.source, span.start)

const lineOf = (source: Source, offset: number): number => positionOf(source, offset).line
