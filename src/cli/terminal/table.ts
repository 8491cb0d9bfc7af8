import { screenWidth } from '../../compiler/text/screen-width.ts'
import { shortened, type Screen } from './fitted.ts'

/**
 * Rows as lines of aligned columns that a screen has room for: that of names, the first if not told otherwise, gives way before all
 * others; columns named in `right` are aligned right. Names that would look like others are broken and not shortened.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
  screen: Screen = { unicode: true },
  names = 0,
): readonly string[] {
  const { head, body } = tableParts(header, rows, right, screen, names)
  return [...head, ...body.flat()]
}

interface TableParts {
  readonly head: readonly string[]
  /** The lines of each row. */
  readonly body: readonly (readonly string[])[]
}

/** The same in parts, for more below a row. */
export function tableParts(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
  screen: Screen,
  names: number,
): TableParts {
  const needed = header.map((title, column) => Math.max(screenWidth(title), ...rows.map((row) => screenWidth(row[column]!))))
  const widths = screen.width === undefined ? needed : narrowed(needed, screen.width - gap.length * (header.length - 1), names)
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - screenWidth(cell))
        return right.has(column) ? space + cell : cell + space
      })
      .join(gap)
      .trimEnd()
  const short = (text: string, column: number): string => shortened(text, widths[column]!, screen)
  const namesBy = new Map<string, Set<string>>()
  for (const { [names]: name = '' } of rows) namesBy.set(short(name, names), (namesBy.get(short(name, names)) ?? new Set()).add(name))
  const linesOf = (row: readonly string[]): readonly string[] => {
    const name = row[names]!
    const parts = namesBy.get(short(name, names))!.size > 1 ? broken(name, widths[names]!) : [short(name, names)]
    return parts.map((part, i) => line(row.map((cell, column) => (column === names ? part : i === 0 ? short(cell, column) : ''))))
  }
  return { head: [line(header.map(short)), widths.map((width) => (screen.unicode ? '─' : '-').repeat(width)).join(gap)], body: rows.map(linesOf) }
}

const gap = '  '

/** A path in lines of so many columns, behind a slash where there is one. */
function broken(text: string, room: number): readonly string[] {
  const lines: string[] = []
  let rest = [...text]
  while (screenWidth(rest.join('')) > room) {
    let fitting = rest.length
    while (fitting > 1 && screenWidth(rest.slice(0, fitting).join('')) > room) fitting--
    const slash = rest.lastIndexOf('/', fitting - 1)
    const end = slash > 0 ? slash + 1 : fitting
    lines.push(rest.slice(0, end).join(''))
    rest = [...' ', ...rest.slice(end)]
  }
  return [...lines, rest.join('')]
}

/** Columns in so much room altogether: what is too much that of names loses while a name can be told, then the widest. */
function narrowed(needed: readonly number[], room: number, names: number): readonly number[] {
  const widths = [...needed]
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = widths[names]! > shortestName ? names : widths.lastIndexOf(Math.max(...widths))
    if (widths[widest]! <= narrowest) break
    widths[widest]! -= 1
  }
  return widths
}

const shortestName = 20

/** With fewer columns nothing could be read. */
const narrowest = 8
