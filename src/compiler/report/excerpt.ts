import { screenWidth } from '../text/screen-width.ts'
import { shownLine } from './shown-line.ts'
import { lineText, positionOf, type Source, type Span } from '../text/source.ts'
import type { Style } from './style.ts'
import { wrapped } from './wrapped.ts'

/** A place that is underlined, and what is said of it. */
export interface Mark {
  readonly span: Span
  readonly text: string
  /** It is the mistake, not a label. */
  readonly primary: boolean
}

/** The lines of a file that are marked, with the marks under each; lines between them are left out. */
export function excerpt(
  source: Source,
  marks: readonly Mark[],
  gutter: number,
  draw: (mark: Mark, sign: string) => string,
  style: Style,
): readonly string[] {
  const bar = style.dim(style.unicode ? '│' : '|')
  const room = style.width === undefined ? undefined : Math.max(narrowest, style.width - gutter - 3)
  const lines = [...new Set(marks.map((mark) => lineOf(mark.span)))].sort((a, b) => a - b)
  const output: string[] = []
  lines.forEach((line, i) => {
    const previous = lines[i - 1]
    if (previous !== undefined && line > previous + 1) output.push(`${' '.repeat(gutter)}${style.dim(style.unicode ? '·' : '.')}`)
    const { text, stretches } = laidOut(
      source,
      line,
      marks.filter((mark) => lineOf(mark.span) === line),
      room,
      style,
    )
    output.push(`${style.dim(String(line).padStart(gutter))} ${bar} ${text}`)
    const rows = rowsOf(stretches.filter(({ hidden }) => !hidden)).flatMap((row) => rowText(row, draw, room))
    const unseen = stretches
      .filter(({ hidden, mark }) => hidden && mark.text !== '')
      .flatMap(({ mark }) => wrapped(mark.text, room, '  '))
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

/** With fewer columns nothing could be read. */
const narrowest = 20

/** A line as it is shown, cut around the mistake where it is too long, and where its marks are then. */
function laidOut(
  source: Source,
  line: number,
  marks: readonly Mark[],
  room: number | undefined,
  style: Style,
): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const whole = lineText(source, line)
  const first = Math.min(...marks.map(startOf))
  const mistake = marks.find(({ primary }) => primary)
  const shown = shownLine(
    whole,
    { first, mistake: mistake && startOf(mistake) },
    Math.min(longestLine, room ?? Infinity),
    style.unicode ? '…' : '...',
  )
  const stretches = marks.map((mark) => {
    const start = startOf(mark)
    const end = positionOf(source, mark.span.end)
    const from = shown.columnOf(start)
    const hidden = !shown.shows(start)
    const text = hidden && mark.text !== '' ? `column ${start + 1}: ${mark.text}` : mark.text
    return {
      mark: { ...mark, text },
      hidden,
      from,
      to: Math.max(shown.columnOf(end.line === line ? end.column - 1 : whole.length), from + 1),
    }
  })
  return { text: shown.text, stretches }
}

/** Where in its line a mark begins, from 0. */
const startOf = ({ span }: Mark): number => positionOf(span.source, span.start).column - 1

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
function rowText(
  row: readonly Stretch[],
  draw: (mark: Mark, sign: string) => string,
  room: number | undefined,
): readonly string[] {
  let signs = ''
  let column = 0
  for (const { mark, from, to } of row) {
    signs += ' '.repeat(from - column) + draw(mark, (mark.primary ? '^' : '-').repeat(to - from))
    column = to
  }
  const last = row.at(-1)!
  const inline = last.mark.text !== '' && column + 1 + screenWidth(last.mark.text) <= (room ?? Infinity)
  const below = (inline ? row.slice(0, -1) : row).filter(({ mark }) => mark.text !== '').reverse()
  return [inline ? `${signs} ${last.mark.text}` : signs, ...below.flatMap(({ mark, from }) => textBelow(mark.text, from, room))]
}

/** A text begins under its mark, or so far to the left that it fits. */
function textBelow(text: string, from: number, room: number | undefined): readonly string[] {
  const lines = wrapped(text, room, '  ')
  const widest = Math.max(...lines.map(screenWidth))
  const indent = ' '.repeat(Math.max(0, Math.min(from, (room ?? Infinity) - widest)))
  return lines.map((line) => `${indent}${line}`)
}
