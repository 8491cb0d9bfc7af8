import { screenWidth } from '../../compiler/text/screen-width.ts'
import { shortened, type Screen } from './fitted.ts'

/**
 * Rows as lines of aligned columns that a screen has room for: that of names, the first if not told otherwise, gives way before all
 * others; columns named in `right` are aligned right.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
  screen: Screen = { unicode: true },
  names = 0,
): readonly string[] {
  const needed = header.map((title, column) => Math.max(screenWidth(title), ...rows.map((row) => screenWidth(row[column]!))))
  const widths = screen.width === undefined ? needed : narrowed(needed, screen.width - gap.length * (header.length - 1), names)
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const shown = shortened(cell, widths[column]!, screen)
        const space = ' '.repeat(widths[column]! - screenWidth(shown))
        return right.has(column) ? space + shown : shown + space
      })
      .join(gap)
      .trimEnd()
  return [line(header), widths.map((width) => (screen.unicode ? '─' : '-').repeat(width)).join(gap), ...rows.map(line)]
}

const gap = '  '

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
