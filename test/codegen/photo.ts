import type { Pixels } from '../../src/codegen/tfjs/runtime/picture.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'

/**
 * A picture as a camera gives it: light that changes slowly, edges, fine texture and noise, in colours; with `transparent` also
 * parts that are more or less transparent.
 */
export function photo(height: number, width: number, { transparent = false, maximum = 255 } = {}): Pixels {
  const { uniform } = randomStream(1, 'noise')
  const data = Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width) / height, (i % width) / width]
    const sky = 0.5 + 0.5 * Math.sin(3 * x + 2 * y)
    const edge = x + y > 0.9 ? 0.25 : 0
    const texture = 0.2 * Math.sin(90 * x) * Math.sin(70 * y)
    const light = [sky, 0.6 * sky + edge, 0.3 + edge + texture].map((value) => value + 0.1 * (uniform() - 0.5))
    const alpha = transparent ? Math.min(1, 1.5 * (x + uniform() / 4)) : 1
    return [...light, alpha].map((value) => Math.round(maximum * Math.min(1, Math.max(0, value))))
  })
  return { width, height, data: maximum === 255 ? Uint8ClampedArray.from(data.flat()) : Uint16Array.from(data.flat()), maximum }
}
