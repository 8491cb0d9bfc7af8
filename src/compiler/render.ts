import type { Diagnostic, Label } from './diagnostics.ts'
import { lineText, positionOf, type Frame, type Source, type Span } from './source.ts'

/** How diagnostics are drawn: colours as functions from text to text, and the lines around the source. */
export interface Style {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
  readonly unicode: boolean
}

const same = (text: string): string => text

export const plainStyle: Style = { error: same, warning: same, dim: same, bold: same, unicode: true }

/** A diagnostic with the lines it is about, its labels, notes, call chain and fixes. */
export function render(diagnostic: Diagnostic, style: Style): string {
  const colour = style[diagnostic.severity]
  const { code, message, span, notes, fixes, chain } = diagnostic
  const lines = [`${colour(`${diagnostic.severity}[${code}]`)}${style.bold(`: ${message}`)}`, ...excerpts(diagnostic, style)]
  const indent = ' '.repeat(gutterWidth(diagnostic))
  const calls = chain.map((frame) => `in ${frame.name}, called at ${place(frame.call)}${definition(frame, span)}`)
  for (const call of shortened(calls)) lines.push(`${indent}${style.dim('=')} ${call}`)
  for (const note of notes) lines.push(`${indent}${style.dim('=')} ${note}`)
  for (const fix of fixes) lines.push(`${indent}${style.dim('=')} fix: ${fix.title}`)
  lines.push(`${indent}${style.dim('=')} fmw explain ${code}`)
  return lines.join('\n')
}

/** Of a recursion only the innermost and the outermost calls tell something. */
const shortened = (calls: readonly string[]): readonly string[] =>
  calls.length <= 8 ? calls : [...calls.slice(0, 3), `… ${calls.length - 6} more calls`, ...calls.slice(-3)]

const place = ({ source, start }: Span): string => {
  const { line, column } = positionOf(source, start)
  return `${source.path}:${line}:${column}`
}

const definition = (frame: Frame, at: Span): string => (frame.definition.source === at.source ? '' : `, defined at ${place(frame.definition)}`)

const lineOf = ({ source, start }: Span): number => positionOf(source, start).line

function gutterWidth({ span, labels }: Diagnostic): number {
  const last = Math.max(...[span, ...labels.map((label) => label.span)].map(lineOf))
  return String(last).length + 2
}

interface Mark extends Label {
  readonly primary: boolean
}

/** The marked lines, one excerpt for each file, that of the mistake first. */
function excerpts(diagnostic: Diagnostic, style: Style): readonly string[] {
  const primary: Mark = { span: diagnostic.span, text: '', primary: true }
  const marks = [primary, ...distinct(diagnostic)]
  const sources = [...new Set(marks.map((mark) => mark.span.source))]
  return sources.flatMap((source, i) => {
    const own = marks.filter((mark) => mark.span.source === source)
    const corner = i === 0 ? (style.unicode ? '┌─' : '-->') : style.unicode ? '├─' : '-->'
    const indent = ' '.repeat(gutterWidth(diagnostic))
    return [`${indent}${style.dim(corner)} ${place(own[0]!.span)}`, ...excerpt(source, own, diagnostic, style)]
  })
}

/** A label that only repeats the place of the mistake adds its text to it; labels of one place are joined. */
function distinct({ span, labels }: Diagnostic): readonly Mark[] {
  const marks = new Map<string, Mark>()
  for (const label of labels) {
    const key = `${label.span.source.path} ${label.span.start} ${label.span.end}`
    const earlier = marks.get(key)
    const text = earlier && earlier.text !== label.text ? `${earlier.text}; ${label.text}` : label.text
    const primary = label.span.source === span.source && label.span.start === span.start && label.span.end === span.end
    marks.set(key, { span: label.span, text, primary })
  }
  return [...marks.values()]
}

function excerpt(source: Source, marks: readonly Mark[], diagnostic: Diagnostic, style: Style): readonly string[] {
  const width = gutterWidth(diagnostic) - 1
  const bar = style.dim(style.unicode ? '│' : '|')
  const lines = [...new Set(marks.map((mark) => lineOf(mark.span)))].sort((a, b) => a - b)
  const output: string[] = []
  lines.forEach((line, i) => {
    const previous = lines[i - 1]
    if (previous !== undefined && line > previous + 1) output.push(`${' '.repeat(width)}${style.dim(style.unicode ? '·' : '.')}`)
    const here = onLine(marks, line)
    const { text, before } = cropped(lineText(source, line), here)
    output.push(`${style.dim(String(line).padStart(width))} ${bar} ${text.replace(/\t/g, ' ')}`)
    for (const mark of here) output.push(`${' '.repeat(width)} ${bar} ${underline(mark, line, text, before, diagnostic, style)}`)
  })
  return output
}

/** Longer lines are generated, and would bury the message. */
const longestLine = 200

/** A part of a line that is too long, from a little before the first mark on, and how many of its columns are left out before it. */
function cropped(text: string, marks: readonly Mark[]): { readonly text: string; readonly before: number } {
  if (text.length <= longestLine) return { text, before: 0 }
  const first = Math.min(...marks.map(({ span }) => positionOf(span.source, span.start).column))
  const before = Math.max(0, Math.min(first - 40, text.length - longestLine))
  return { text: text.slice(before, before + longestLine), before }
}

/** The marks of a line from left to right; a label at the place of the mistake takes the mistake's line. */
function onLine(marks: readonly Mark[], line: number): readonly Mark[] {
  const here = marks.filter((mark) => lineOf(mark.span) === line)
  const doubled = here.some((mark) => mark.primary && mark.text !== '')
  return here
    .filter((mark) => !(doubled && mark.primary && mark.text === ''))
    .sort((a, b) => a.span.start - b.span.start || Number(b.primary) - Number(a.primary))
}

/** A mark under a line of which `before` columns are not shown. */
function underline(mark: Mark, line: number, text: string, before: number, { severity }: Diagnostic, style: Style): string {
  const column = Math.min(positionOf(mark.span.source, mark.span.start).column - before, text.length + 1)
  const end = positionOf(mark.span.source, mark.span.end)
  const last = end.line === line ? Math.min(end.column - 1 - before, text.length) : text.length
  const sign = (mark.primary ? '^' : '-').repeat(Math.max(1, last - column + 1))
  const drawn = mark.primary ? style[severity](sign) : style.dim(sign)
  return `${' '.repeat(column - 1)}${drawn}${mark.text === '' ? '' : ` ${mark.text}`}`
}
