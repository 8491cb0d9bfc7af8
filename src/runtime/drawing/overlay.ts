import type { Color } from './canvas.ts'
import { colorBar } from './color-bar.ts'
import { enlargeMap } from './enlarge-map.ts'
import { mapPanel, type DrawnMap } from './map-panel.ts'
import { above, beside, words, type Panel } from './panel.ts'
import { colorAt, scaleOf, shareOf, type Scale } from './scale.ts'
import { statisticsOf } from './statistics.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Theme } from './theme.ts'

/** How much of the map's colour is in a pixel of the overlay where its value is the largest; none is where it is the smallest. */
export const mostOpacity = 0.75

interface Titled {
  /** What stands over the picture. */
  readonly title: string
  /** Of the map's colours. */
  readonly scale: Scale
}

/**
 * A picture [H, W, 1], [H, W, 3] or [H, W, 4], the map as it is, and the map enlarged to the size of the drawn picture and laid
 * over it. Pictures with values beyond 0 to 1 are drawn from their smallest value to their largest.
 */
export function overlay(picture: TensorData, map: DrawnMap, theme: Theme, { title, scale }: Titled): Panel {
  const [height = 1, width = 1] = picture.shape
  const factor = Math.max(1, Math.floor(room / Math.max(height, width)))
  const base = colored(colorsOf(picture), height, width, factor)
  const large = enlargeMap(map, height * factor, width * factor)
  const mixed: Panel = {
    width: large.width,
    height: large.height,
    draw: (canvas, x, y) => {
      base.draw(canvas, x, y)
      for (const [i, value] of large.values.entries()) {
        const [red, green, blue] = Number.isFinite(value) ? colorAt(scale, value) : theme.notFinite
        const opacity = Number.isFinite(value) ? mostOpacity * shareOf(scale, value) : 1
        canvas.rectangle(x + (i % large.width), y + Math.floor(i / large.width), 1, 1, [red, green, blue, opacity])
      }
    },
  }
  const own = Math.max(1, Math.floor((factor * Math.max(height, width)) / Math.max(map.height, map.width)))
  const titled = (text: string, panel: Panel): Panel => above([words(text, theme.faint), panel], 4)
  const panels = [
    titled(title, base),
    titled(`map ${map.height} × ${map.width}`, mapPanel(map, scale, own, theme)),
    titled('map over the input', mixed),
  ]
  return above([beside(panels, 16), colorBar(scale, theme)], 14)
}

/** One for maps that are compared. */
export function activationScale(maps: readonly DrawnMap[]): Scale {
  const all = new Float32Array(maps.reduce((sum, { values }) => sum + values.length, 0))
  let at = 0
  for (const { values } of maps) {
    all.set(values, at)
    at += values.length
  }
  return scaleOf(all, 'inferno')
}

/** Pixels for the longer side of a picture. */
const room = 320

function colorsOf({ shape: [height = 1, width = 1, channels = 1], values }: TensorData): readonly Color[] {
  const { min, max } = statisticsOf(values)
  const [from, to] = min >= 0 && max <= 1 ? [0, 1] : [min, max]
  const level = (value: number): number => (to > from ? Math.round((255 * (value - from)) / (to - from)) : 128)
  return Array.from({ length: height * width }, (_, i): Color => {
    const at = i * channels
    return channels < 3
      ? [level(values[at]!), level(values[at]!), level(values[at]!)]
      : [level(values[at]!), level(values[at + 1]!), level(values[at + 2]!)]
  })
}

const colored = (pixels: readonly Color[], height: number, width: number, factor: number): Panel => ({
  width: width * factor,
  height: height * factor,
  draw: (canvas, x, y) => {
    for (const [i, color] of pixels.entries()) {
      canvas.rectangle(x + (i % width) * factor, y + Math.floor(i / width) * factor, factor, factor, color)
    }
  },
})
