import type { Panel } from './panel.ts'
import { colorAt, type Scale } from './scale.ts'
import type { Theme } from './theme.ts'

/** One map, row by row. */
export interface DrawnMap {
  readonly height: number
  readonly width: number
  readonly values: Float32Array
}

/** A map with each element a square of `factor` pixels. */
export function mapPanel({ height, width, values }: DrawnMap, scale: Scale, factor: number, theme: Theme): Panel {
  return {
    width: width * factor,
    height: height * factor,
    draw: (canvas, x, y) => {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const value = values[row * width + column]!
          const color = Number.isFinite(value) ? colorAt(scale, value) : theme.notFinite
          canvas.rectangle(x + column * factor, y + row * factor, factor, factor, color)
        }
      }
    },
  }
}
