import { textWidth } from './canvas.ts'
import type { Panel } from './panel.ts'
import { colorAt, type Scale } from './scale.ts'
import { shortNumber } from './statistics.ts'
import type { Theme } from './theme.ts'

const width = 160
const height = 14

/** The colours of a scale between the values of its ends. */
export function colorBar(scale: Scale, { faint }: Theme): Panel {
  const [low, high] = [shortNumber(scale.min), shortNumber(scale.max)]
  const left = textWidth(low, 2) + 8
  return {
    width: left + width + 8 + textWidth(high, 2),
    height: height + 4,
    draw: (canvas, x, y) => {
      canvas.text(x, y, low, faint, 2)
      for (let i = 0; i < width; i++) {
        canvas.rectangle(x + left + i, y, 1, height, colorAt(scale, scale.min + ((scale.max - scale.min) * i) / (width - 1)))
      }
      canvas.text(x + left + width + 8, y, high, faint, 2)
    },
  }
}
