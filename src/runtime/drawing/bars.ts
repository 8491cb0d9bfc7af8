import { textWidth } from './canvas.ts'
import { beside, above, type Panel } from './panel.ts'
import { shortNumber } from './statistics.ts'
import type { Theme } from './theme.ts'

/** A number with its index or name. */
export interface Bar {
  readonly label: string
  readonly value: number
}

/** The pixels from the smallest value (or zero) to the largest (or zero). */
const barLength = 200

/** The values from which and to which the bars of charts that are compared may reach: zero is always within. */
export type Reach = readonly [low: number, high: number]

export function reachOf(bars: readonly Bar[]): Reach {
  const finite = bars.map(({ value }) => value).filter(Number.isFinite)
  return [finite.reduce((least, value) => Math.min(least, value), 0), finite.reduce((most, value) => Math.max(most, value), 0)]
}

/**
 * Horizontal bars from a common zero, each with its label on the left and its number on the right, in columns. A value that is
 * NaN or infinite has no bar.
 */
export function barChart(bars: readonly Bar[], theme: Theme, [low, high] = reachOf(bars)): Panel {
  const scale = bars.length > 64 ? 1 : 2
  const perPixel = high > low ? barLength / (high - low) : 0
  const widest = (texts: readonly string[]): number => texts.reduce((width, text) => Math.max(width, textWidth(text, scale)), 0)
  const labels = widest(bars.map(({ label }) => label))
  const numbers = widest(bars.map(({ value }) => shortNumber(value)))
  const row = ({ label, value }: Bar): Panel => ({
    width: labels + barLength + numbers + 2 * gap,
    height: 7 * scale + 4,
    draw: (canvas, x, y) => {
      const start = x + labels + gap
      const zero = start - low * perPixel
      canvas.text(x + labels - textWidth(label, scale), y + 2, label, theme.ink, scale)
      if (Number.isFinite(value)) {
        const length = Math.abs(value) * perPixel
        canvas.rectangle(
          value < 0 ? zero - length : zero,
          y + 1,
          length,
          7 * scale + 2,
          value < 0 ? theme.negative : theme.positive,
        )
      }
      canvas.rectangle(zero, y, 1, 7 * scale + 4, theme.faint)
      canvas.text(start + barLength + gap, y + 2, shortNumber(value), theme.ink, scale)
    },
  })
  const rows = Math.max(16, Math.ceil(bars.length / 4))
  const columns = Array.from({ length: Math.ceil(bars.length / rows) }, (_, i) =>
    above(bars.slice(i * rows, (i + 1) * rows).map(row), 0),
  )
  return beside(columns, 24)
}

const gap = 8
