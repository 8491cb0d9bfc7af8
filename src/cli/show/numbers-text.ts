import { shortNumber, statisticsText, type Statistics } from '../../runtime/drawing/statistics.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { byChannel, byPlace, type Grid, type Numbers } from './numbers.ts'

export type RowsOf = 'channel' | 'place'

interface TableOptions {
  readonly by: RowsOf
  /** From 1: which of the columns of places, where they are too many for a screen. */
  readonly page: number
}

/** Columns of a table on a page, which fit 80 signs. */
const mostColumns = 7

/** How many pages a table of places has. */
export const pagesOf = ({ channels }: Numbers, by: RowsOf): number =>
  by === 'place' && channels ? Math.ceil(channels.length / mostColumns) : 1

const gridOf = (numbers: Numbers, by: RowsOf): Grid => (by === 'place' ? byPlace(numbers) : byChannel(numbers))

/** The whole in two lines, and a row for each channel or place, rounded. */
export function numbersText(title: string, numbers: Numbers, { by, page }: TableOptions, screen: Screen): string {
  const whole = gridOf(numbers, by)
  const { header, rows, names } = by === 'place' && numbers.channels ? pageOf(whole, page) : whole
  const cells = rows.map((row) => row.map((value, i) => (i < names ? String(value) : header[i] === 'zeros' ? share(value) : shortNumber(value))))
  const columns = new Set(header.map((_, i) => i))
  return [`${title} [${numbers.shape.join(', ')}]`, statisticsLine(numbers.statistics), '', ...table(header, cells, columns, screen)].join('\n')
}

function pageOf({ header, rows, names }: Grid, page: number): Grid {
  const from = names + (page - 1) * mostColumns
  const part = <T>(row: readonly T[]): readonly T[] => [...row.slice(0, names), ...row.slice(from, from + mostColumns)]
  return { header: part(header), rows: rows.map((row) => part(row)), names }
}

const statisticsLine = (statistics: Statistics): string =>
  Number.isNaN(statistics.min)
    ? statisticsText(statistics)
    : `${statisticsText(statistics)}, deviation ${shortNumber(statistics.deviation)}, ${share(statistics.zeros)} zeros`

const share = (part: number): string => (Number.isNaN(part) ? 'NaN' : `${(100 * part).toFixed(1)} %`)

/** The same rows with all digits, and a line that names the columns. */
export function numbersCsv(numbers: Numbers, by: RowsOf): string {
  const { header, rows } = gridOf(numbers, by)
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('')
}

/** What scripts depend on; a number that is none, or infinite, is null. */
export const numbersJson = ({ shape, statistics, channels, values }: Numbers) => ({
  shape,
  statistics,
  channels: channels?.map(({ weight, ...own }, index) => ({ index, ...(weight !== undefined && { weight }), ...own })) ?? null,
  values: Array.from(values),
})
