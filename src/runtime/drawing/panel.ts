import { createCanvas, textWidth, type Canvas, type Color } from './canvas.ts'
import type { Theme } from './theme.ts'

/** A part of a picture, of a known size in pixels, that can be drawn anywhere. */
export interface Panel {
  readonly width: number
  readonly height: number
  /** Draws it with its upper left corner at x, y. */
  readonly draw: (canvas: Canvas, x: number, y: number) => void
}

/** Panels below each other, left-aligned. */
export function above(panels: readonly Panel[], gap: number): Panel {
  return {
    width: Math.max(0, ...panels.map(({ width }) => width)),
    height: panels.reduce((sum, { height }) => sum + height, Math.max(0, panels.length - 1) * gap),
    draw: (canvas, x, y) => {
      let top = y
      for (const panel of panels) {
        panel.draw(canvas, x, top)
        top += panel.height + gap
      }
    },
  }
}

/** Panels next to each other, their upper edges in one line. */
export function beside(panels: readonly Panel[], gap: number): Panel {
  return {
    width: panels.reduce((sum, { width }) => sum + width, Math.max(0, panels.length - 1) * gap),
    height: Math.max(0, ...panels.map(({ height }) => height)),
    draw: (canvas, x, y) => {
      let left = x
      for (const panel of panels) {
        panel.draw(canvas, left, y)
        left += panel.width + gap
      }
    },
  }
}

/** The widest row of panels in pixels. */
export const widestRow = 1280

/** Panels next to each other, in rows that are no wider than `widestRow` unless one panel is. */
export function inRows(panels: readonly Panel[], gap: number): Panel {
  const rows: Panel[][] = []
  for (const panel of panels) {
    const row = rows.at(-1)
    if (row && beside([...row, panel], gap).width <= widestRow) row.push(panel)
    else rows.push([panel])
  }
  return above(rows.map((row) => beside(row, gap)), gap)
}

/** A line of text, with room for descenders. */
export const words = (text: string, color: Color, scale = 2): Panel => ({
  width: textWidth(text, scale),
  height: 9 * scale,
  draw: (canvas, x, y) => canvas.text(x, y, text, color, scale),
})

export const margin = 16

/** A PNG of a panel on the background of a theme, with a margin around it. */
export function pictureOf(panel: Panel, { background }: Theme): Uint8Array {
  const canvas = createCanvas(panel.width + 2 * margin, panel.height + 2 * margin, background)
  panel.draw(canvas, margin, margin)
  return canvas.toPng()
}
