import { textWidth } from './canvas.ts'
import { colorBar } from './color-bar.ts'
import { mapPanel, type DrawnMap } from './map-panel.ts'
import { above, beside, widestRow, words, type Panel } from './panel.ts'
import { scaleOf, type ColorScaleName, type Scale } from './scale.ts'
import { shortNumber } from './statistics.ts'
import type { Theme } from './theme.ts'

/** One map of a grid with what stands over it. */
export interface GridCell extends DrawnMap {
  readonly label: string
  /**
   * The number it was multiplied by: written beside the label and drawn as a bar, which for the largest is as long as the map.
   */
  readonly weight?: number
}

export interface GridOptions {
  readonly colors: ColorScaleName
  /** `all`: one colour means one value in the whole grid; `each`: every map uses all colours. */
  readonly scale: 'all' | 'each'
  /** Without it, as many as fit well. */
  readonly columns?: number
}

/**
 * Maps of one size next to each other and in rows, enlarged by a whole factor so that single elements are seen; below them, what
 * the colours mean.
 */
export function mapGrid(cells: readonly GridCell[], { colors, scale, columns }: GridOptions, theme: Theme): Panel {
  const { height = 1, width = 1 } = cells[0] ?? {}
  const factor = Math.max(1, Math.round(roomFor(cells.length) / Math.max(height, width)))
  const labels = cells.map(({ label, weight }) => (weight === undefined ? label : `${label} ×${shortNumber(weight, 2)}`))
  const widestLabel = labels.reduce((most, label) => Math.max(most, textWidth(label)), 0)
  const textScale = cells.length <= 64 && 2 * widestLabel <= Math.max(48, 1.2 * width * factor) ? 2 : 1
  const cellWidth = Math.max(widestLabel * textScale, width * factor)
  const common = scaleOf(joined(cells), colors)
  const heaviest = cells.reduce((most, { weight }) => Math.max(most, Math.abs(weight ?? 0)), 0)
  const drawn = cells.map((cell, i): Panel => {
    const own = scale === 'all' ? common : scaleOf(cell.values, colors)
    const label = labels[i] === '' ? [] : [words(labels[i]!, theme.ink, textScale)]
    const bar = cell.weight === undefined ? [] : [weightBar(cell.weight, heaviest, width * factor, theme)]
    return { ...above([...label, ...bar, mapPanel(cell, own, factor, theme)], 2), width: cellWidth }
  })
  const gap = cells.length > 256 ? 6 : 12
  const across = columns ?? columnsAmong(cells.length, Math.max(1, Math.floor(widestRow / (cellWidth + gap))))
  const rows = Array.from({ length: Math.ceil(drawn.length / across) }, (_, i) =>
    beside(drawn.slice(i * across, (i + 1) * across), gap),
  )
  return above([above(rows, gap), key(common, scale, theme)], 14)
}

/** About how many pixels the longer side of a map gets. */
function roomFor(count: number): number {
  if (count === 1) return 448
  if (count <= 8) return 160
  if (count <= 32) return 112
  if (count <= 64) return 80
  return count <= 256 ? 56 : 28
}

/** A number of columns that fills its rows, if there is one near the most that fit. */
export function columnsAmong(count: number, most: number): number {
  for (let columns = Math.min(count, most); columns > most / 2; columns--) if (count % columns === 0) return columns
  return Math.min(count, most)
}

function joined(cells: readonly GridCell[]): Float32Array {
  const all = new Float32Array(cells.reduce((sum, { values }) => sum + values.length, 0))
  let at = 0
  for (const { values } of cells) {
    all.set(values, at)
    at += values.length
  }
  return all
}

function weightBar(weight: number, heaviest: number, length: number, { positive, negative, faint }: Theme): Panel {
  const share = heaviest > 0 && Number.isFinite(weight) ? Math.abs(weight) / heaviest : 0
  return {
    width: length,
    height: 4,
    draw: (canvas, x, y) => {
      canvas.rectangle(x, y + 3, length, 1, [...rgb(faint), 0.5])
      canvas.rectangle(x, y, length * share, 4, weight < 0 ? negative : positive)
    },
  }
}

const rgb = ([red, green, blue]: Theme['faint']) => [red, green, blue] as const

const key = (common: Scale, scale: GridOptions['scale'], theme: Theme): Panel =>
  scale === 'all' ? colorBar(common, theme) : words('each map has a scale of its own', theme.faint)
