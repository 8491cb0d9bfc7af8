import { screenWidth } from './screen-width.ts'
import { lineText, positionOf, type Source, type Span } from './source.ts'
import type { Style } from './render.ts'

/** A place that is underlined, and what is said of it. */
export interface Mark {
  readonly span: Span
  readonly text: string
  /** It is the mistake, not a label. */
  readonly primary: boolean
}

/** The lines of a file that are marked, with the marks under each; lines between them are left out. */
export function excerpt(source: Source, marks: readonly Mark[], gutter: number, draw: (mark: Mark, sign: string) => string, style: Style): readonly string[] {
  const bar = style.dim(style.unicode ? '│' : '|')
  const lines = [...new Set(marks.map((mark) => lineOf(mark.span)))].sort((a, b) => a - b)
  const output: string[] = []
  lines.forEach((line, i) => {
    const previous = lines[i - 1]
    if (previous !== undefined && line > previous + 1) output.push(`${' '.repeat(gutter)}${style.dim(style.unicode ? '·' : '.')}`)
    const { text, stretches } = laidOut(source, line, marks.filter((mark) => lineOf(mark.span) === line), style)
    output.push(`${style.dim(String(line).padStart(gutter))} ${bar} ${text}`)
    const rows = rowsOf(stretches.filter(({ hidden }) => !hidden)).flatMap((row) => rowText(row, draw, style))
    const unseen = stretches.filter(({ hidden, mark }) => hidden && mark.text !== '').map(({ mark }) => mark.text)
    for (const below of [...rows, ...unseen]) output.push(`${' '.repeat(gutter)} ${bar} ${below}`)
  })
  return output
}

export const lineOf = ({ source, start }: Span): number => positionOf(source, start).line

/** A mark in columns of the screen, from 0. */
interface Stretch {
  readonly mark: Mark
  /** It is in the part of the line that is not shown. */
  readonly hidden: boolean
  readonly from: number
  readonly to: number
}

/** Longer lines are generated, and would bury the message. */
const longestLine = 200

/** A line as it is shown, cut around the mistake where it is too long, and where its marks are then. */
function laidOut(source: Source, line: number, marks: readonly Mark[], style: Style): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const whole = lineText(source, line)
  const room = Math.max(40, Math.min(longestLine, (style.width ?? Infinity) - 12))
  const from = screenWidth(expanded(whole)) > room ? firstColumn(marks, whole.length, room) : 0
  const kept = whole.slice(from, from + room)
  const dots = style.unicode ? '…' : '...'
  const lead = from > 0 ? dots : ''
  const screen = (column: number): number => screenWidth(lead) + screenWidth(expanded(kept.slice(0, Math.max(0, Math.min(column - from, kept.length)))))
  const stretches = marks.map((mark) => {
    const start = columnOf(mark)
    const end = positionOf(source, mark.span.end)
    const to = screen(end.line === line ? end.column - 1 : whole.length)
    const hidden = from > 0 || kept.length < whole.length ? start < from || start >= from + room : false
    const text = hidden && mark.text !== '' ? `column ${start + 1}: ${mark.text}` : mark.text
    return { mark: { ...mark, text }, hidden, from: screen(start), to: Math.max(to, screen(start) + 1) }
  })
  return { text: `${lead}${expanded(kept)}${from + kept.length < whole.length ? dots : ''}`, stretches }
}

const columnOf = ({ span }: Mark): number => positionOf(span.source, span.start).column - 1

/** Where a line that is too long is shown from: a little before its first mark, or before the mistake where both do not fit. */
function firstColumn(marks: readonly Mark[], length: number, room: number): number {
  const first = Math.min(...marks.map(columnOf))
  const primary = Math.min(...marks.filter((mark) => mark.primary).map(columnOf), Infinity)
  const wanted = primary < Infinity && primary > first + room / 2 ? primary : first
  const from = Math.min(wanted - Math.min(30, Math.floor(room / 4)), length - room)
  return from < 4 ? 0 : from
}

/** A tab takes two columns here, wherever it stands. */
const expanded = (text: string): string => text.replaceAll('\t', '  ')

/** Marks that do not overlap share a row under the line; wider ones come first. */
function rowsOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const rows: Stretch[][] = []
  for (const stretch of [...stretches].sort((a, b) => Number(b.mark.primary) - Number(a.mark.primary) || a.from - b.from)) {
    const free = rows.find((row) => row.every((other) => stretch.from > other.to || stretch.to < other.from))
    if (free) free.push(stretch)
    else rows.push([stretch])
  }
  return rows.map((row) => row.sort((a, b) => a.from - b.from))
}

/** The signs of a row, the text of its last mark behind them, those of the others on lines of their own below. */
function rowText(row: readonly Stretch[], draw: (mark: Mark, sign: string) => string, { width = Infinity }: Style): readonly string[] {
  let signs = ''
  let column = 0
  for (const { mark, from, to } of row) {
    signs += ' '.repeat(from - column) + draw(mark, (mark.primary ? '^' : '-').repeat(to - from))
    column = to
  }
  const last = row.at(-1)!
  const inline = last.mark.text !== '' && column + 1 + screenWidth(last.mark.text) <= Math.max(width - 12, 40)
  const below = (inline ? row.slice(0, -1) : row).filter(({ mark }) => mark.text !== '').reverse()
  return [inline ? `${signs} ${last.mark.text}` : signs, ...below.map(({ mark, from }) => `${' '.repeat(indentOf(mark.text, from, width))}${mark.text}`)]
}

/** A text begins under its mark, or so far to the left that it fits. */
const indentOf = (text: string, from: number, width: number): number => Math.max(0, Math.min(from, width - 12 - screenWidth(text)))
