import type { SampleMap } from './sample-map.ts'

/**
 * A map [height, width, channels] with another height and width. Each new element lies at the same place of the picture (its
 * centre, the half-pixel convention) and is a mean of the old ones around it, weighted by a triangle: the bilinear one where the
 * picture grows, widened by the ratio of the sizes where it shrinks, so that every old element counts (antialiasing as in PIL's
 * and tf.image's `antialias`). What lies outside does not count.
 */
export function resizeMap(map: SampleMap, height: number, width: number): SampleMap {
  const [oldHeight, oldWidth, channels] = map.shape
  const across = resizeAxis(map.values, { before: oldHeight, extent: oldWidth, after: channels, to: width })
  return {
    shape: [height, width, channels],
    values: resizeAxis(across, { before: 1, extent: oldHeight, after: width * channels, to: height }),
  }
}

interface Axis {
  /** The product of the extents before the axis. */
  readonly before: number
  readonly extent: number
  /** The product of the extents after it. */
  readonly after: number
  readonly to: number
}

function resizeAxis(values: Float32Array, { before, extent, after, to }: Axis): Float32Array {
  if (to === extent) return values
  const taps = Array.from({ length: to }, (_, position) => tapsAt(position, extent, to))
  const result = new Float32Array(before * to * after)
  for (let outer = 0; outer < before; outer++) {
    for (const [position, { first, weights }] of taps.entries()) {
      for (let inner = 0; inner < after; inner++) {
        let sum = 0
        for (let tap = 0; tap < weights.length; tap++)
          sum += weights[tap]! * values[(outer * extent + first + tap) * after + inner]!
        result[(outer * to + position) * after + inner] = sum
      }
    }
  }
  return result
}

interface Taps {
  /** The position of the first old element that counts. */
  readonly first: number
  /** Of it and those that follow; their sum is 1. */
  readonly weights: readonly number[]
}

function tapsAt(position: number, extent: number, to: number): Taps {
  const ratio = extent / to
  const reach = Math.max(1, ratio)
  const centre = (position + 0.5) * ratio
  const first = Math.max(0, Math.floor(centre - reach))
  const end = Math.min(extent, Math.ceil(centre + reach))
  const heights = Array.from({ length: end - first }, (_, tap) => Math.max(0, 1 - Math.abs(first + tap + 0.5 - centre) / reach))
  const total = heights.reduce((sum, height) => sum + height, 0)
  return { first, weights: heights.map((height) => height / total) }
}
