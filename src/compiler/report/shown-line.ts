import { screenWidth } from '../text/screen-width.ts'

/** A line of a text as a screen shows it, whole or a part of it. */
interface ShownLine {
  readonly text: string
  /**
   * The column of the screen, from 0, at which what stands at an offset of the line begins; that of the nearest end where it is
   * not shown.
   */
  readonly columnOf: (offset: number) => number
  readonly shows: (offset: number) => boolean
}

/** What should be seen of a line, as offsets in it: where its first mark begins, and its mistake where it has one. */
export interface Wanted {
  readonly first: number
  readonly mistake: number | undefined
}

/**
 * The part of a line that a number of columns has room for, dots standing for what is left out. A tab takes two columns, wherever
 * it stands. Signs that a terminal would obey or that turn the direction of writing are shown as such, and not obeyed.
 */
export function shownLine(line: string, { first, mistake = first }: Wanted, room: number, dots: string): ShownLine {
  const columns = columnsIn(line)
  const isHalf = (offset: number): boolean => /[\udc00-\udfff]/.test(line.charAt(offset))
  const total = columns.at(-1)!
  const space = room - 2 * dots.length
  const wanted = columns[mistake]! > columns[first]! + space / 2 ? mistake : first
  // a little of what stands before it helps to find the place, and nothing is gained by cutting next to nothing
  const earliest = total <= room ? 0 : Math.min(columns[wanted]! - Math.min(30, Math.floor(space / 4)), total - space)
  const start = earliest < 4 ? 0 : columns.findIndex((column, offset) => column >= earliest && !isHalf(offset))
  const reach = columns[start]! + (start === 0 ? room - dots.length : space)
  const end =
    total <= room || total <= columns[start]! + space
      ? line.length
      : columns.findLastIndex((column, offset) => column <= reach && !isHalf(offset))
  const [before, after] = [start > 0 ? dots : '', end < line.length ? dots : '']
  const lead = before.length - columns[start]!
  return {
    text: `${before}${withoutCommands(line.slice(start, end))}${after}`,
    columnOf: (offset) => lead + columns[Math.min(Math.max(offset, start), end)]!,
    shows: (offset) => start <= offset && (offset < end || end === line.length),
  }
}

/** The column at which each sign of a line begins, both halves of one that has two at the same, and that of its end. */
function columnsIn(line: string): readonly number[] {
  const columns: number[] = []
  let column = 0
  for (const sign of line) {
    for (let i = 0; i < sign.length; i++) columns.push(column)
    column += screenWidth(withoutCommands(sign))
  }
  return [...columns, column]
}

/** Signs that a terminal obeys, or that make it write from right to left (Boucher and Anderson 2021). */
// oxlint-disable-next-line no-control-regex -- these are what is meant
const commands = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g

/** A text that is safe to print: tabs as two spaces, commands to the terminal as a sign for something that cannot be shown. */
export const withoutCommands = (text: string): string => text.replaceAll('\t', '  ').replace(commands, '\uFFFD')
