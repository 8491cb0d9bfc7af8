import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { barChart, reachOf, type Bar } from './bars.ts'
import type { Figure } from './figure.ts'
import { columnsAmong, mapGrid, type GridCell, type GridOptions } from './map-grid.ts'
import { above, inRows, words } from './panel.ts'
import type { ColorScaleName } from './scale.ts'
import { statisticsOf, statisticsText } from './statistics.ts'

/** Numbers that a value was made with, drawn as bars below it. */
export interface BarGroup {
  readonly title: string
  readonly bars: readonly Bar[]
}

export interface ValueOptions {
  /** Without it, viridis for activations, and for weights a diverging scale. */
  readonly colors?: ColorScaleName
  readonly scale: GridOptions['scale']
  /** From 1: the part of the maps or numbers that is drawn, where they are too many for one picture. */
  readonly page: number
  readonly trained: boolean
  /** For each channel, the number the map was multiplied by. */
  readonly channelWeights?: Float32Array
  readonly groups?: readonly BarGroup[]
  /** What stands over each map, or beside each number, instead of its index, and how to read it. */
  readonly labels?: { readonly texts: readonly string[]; readonly note: string }
}

export type ValueFigure = Figure & { readonly pages: number }

/**
 * A value as a picture: maps [H, W, C] as a grid of their channels, kernels [kh, kw, in, out] as a grid of small maps (those of
 * size
 * 1x1 as one matrix), a matrix as one map, vectors and scalars as bars. Undefined for more than four axes, and for a page that
 * does not exist.
 */
export function valueFigure(title: string, data: TensorData, options: ValueOptions): ValueFigure | undefined {
  const contents = contentsOf(data)
  if (!contents) return undefined
  const { count, perPage, of } = contents
  const pages = Math.max(1, Math.ceil(count / perPage))
  if (options.page > pages) return undefined
  const from = (options.page - 1) * perPage
  const to = Math.min(count, from + perPage)
  const size = `[${data.shape.join(', ')}]`
  const statistics = statisticsText(statisticsOf(data.values))
  const part = pages === 1 ? [] : [`${of} ${from} to ${to - 1} of ${count}: page ${options.page} of ${pages}`]
  const shown = (bars: readonly Bar[]): readonly Bar[] => (bars.length > perPage ? bars.slice(from, to) : bars)
  const { labels } = options
  const notes = [contents.note, labels?.note].filter((note) => note !== undefined)
  const groups = (options.groups ?? []).map(({ title: heading, bars }) => ({ title: heading, bars: shown(bars) }))
  return {
    title,
    captions: [`${size} ${statistics}`, ...notes, ...part],
    alt: `${altOf(contents, data)}, values ${statistics}${labels ? `; ${labels.note}: ${labels.texts.join(', ')}` : ''}${groups.map((group) => `; ${group.title}`).join('')}`,
    pages,
    panel: (theme) => {
      const own =
        contents.kind === 'bars'
          ? barChart(barsOf(data.values, labels?.texts).slice(from, to), theme)
          : mapGrid(cellsOf(contents, data, [from, to], options), {
              colors: options.colors ?? (options.trained ? 'diverging' : 'viridis'),
              scale: options.scale,
              ...(contents.columns === undefined ? {} : { columns: contents.columns }),
            }, theme)
      const reach = reachOf(groups.flatMap(({ bars }) => bars))
      const below = groups.map((group) => above([words(group.title, theme.ink), barChart(group.bars, theme, reach)], 6))
      return below.length === 0 ? own : above([own, inRows(below, 24)], 20)
    },
  }
}

export const barsOf = (values: Float32Array, labels?: readonly string[]): readonly Bar[] =>
  Array.from(values, (value, i) => ({ label: labels?.[i] ?? String(i), value }))

interface Grid {
  readonly kind: 'maps'
  readonly height: number
  readonly width: number
  readonly count: number
  readonly perPage: number
  readonly of: string
  readonly columns?: number
  /** How to read it. */
  readonly note?: string
  readonly labelOf: (i: number) => string
  /** Where element `place` of map `i` stands. */
  readonly offsetOf: (i: number, place: number) => number
}

interface Bars {
  readonly kind: 'bars'
  readonly count: number
  readonly perPage: number
  readonly of: string
  readonly note?: undefined
}

type Contents = Grid | Bars

/** At most so many numbers in one picture. */
const mostBars = 256

function contentsOf({ shape, values }: TensorData): Contents | undefined {
  const [height = 1, width = 1, inner = 1, outer = 1] = shape
  if (shape.length < 2 || (shape.length === 3 && height === 1 && width === 1)) {
    return { kind: 'bars', count: values.length, perPage: mostBars, of: 'numbers' }
  }
  const number = (i: number): string => String(i)
  if (shape.length === 2) return grid(height, width, 1, () => '', (_, place) => place)
  if (shape.length === 3) return grid(height, width, inner, number, (i, place) => place * inner + i)
  if (shape.length > 4) return undefined
  if (height === 1 && width === 1) {
    return { ...grid(inner, outer, 1, () => '', (_, place) => place), note: 'a row for each input, a column for each filter' }
  }
  return kernels(height, width, inner, outer)
}

/** Maps of a grid are at most 256 and, with their enlargement and labels, some 16 million pixels. */
function grid(height: number, width: number, count: number, labelOf: Grid['labelOf'], offsetOf: Grid['offsetOf']): Grid {
  const perPage = Math.min(256, Math.max(1, Math.floor(16e6 / (height * width))))
  return { kind: 'maps', height, width, count, perPage, of: 'maps', labelOf, offsetOf }
}

/** Kernels in a row. */
const mostAcross = 20

/** The kernels of a filter next to each other (in rows, where inputs are many), whole filters in a row and on a page. */
function kernels(height: number, width: number, inner: number, outer: number): Grid {
  const labelOf = (i: number): string => (inner === 1 || outer === 1 ? String(i) : `${i % inner}→${Math.floor(i / inner)}`)
  const offsetOf = (i: number, place: number): number => (place * inner + (i % inner)) * outer + Math.floor(i / inner)
  const all = grid(height, width, inner * outer, labelOf, offsetOf)
  if (inner === 1 || outer === 1) return { ...all, of: 'kernels' }
  const most = height * width > 49 ? 256 : 1024
  const columns =
    inner > mostAcross ? columnsAmong(inner, mostAcross) : inner * columnsAmong(outer, Math.floor(mostAcross / inner))
  return {
    ...all,
    perPage: inner > most ? most : Math.floor(most / inner) * inner,
    of: 'kernels',
    columns,
    note: 'over each kernel: input→filter',
  }
}

function cellsOf(
  { height, width, labelOf, offsetOf }: Grid,
  { values }: TensorData,
  [from, to]: readonly [from: number, to: number],
  { channelWeights: weights, labels }: Pick<ValueOptions, 'channelWeights' | 'labels'>,
): readonly GridCell[] {
  return Array.from({ length: to - from }, (_, k): GridCell => {
    const i = from + k
    const own = new Float32Array(sizeOf([height, width])).map((_value, place) => values[offsetOf(i, place)]!)
    const weight = weights?.[weights.length === 1 ? 0 : i]
    return { height, width, values: own, label: labels?.texts[i] ?? labelOf(i), ...(weight === undefined ? {} : { weight }) }
  })
}

function altOf(contents: Contents, { shape }: TensorData): string {
  if (contents.kind === 'bars') return contents.count === 1 ? 'one number as a bar' : `${contents.count} numbers as bars`
  const { height, width, count, of } = contents
  return shape.length === 2 || contents.labelOf(0) === ''
    ? `a matrix of ${height} by ${width}`
    : `${count} ${of} of ${height} by ${width}`
}
