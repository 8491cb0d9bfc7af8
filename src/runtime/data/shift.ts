import type { Augmentation } from './augmentation.ts'
import type { SampleMap } from './sample-map.ts'

/**
 * A shift by whole pixels, down and to the right by -most to most each, all equally likely; what comes in from outside is 0.
 * Cutting the map's size at a random place out of the map with `most` zeros around it (K. He et al., "Deep residual learning for
 * image recognition", CVPR 2016, section 4.2) is the same.
 */
export const shiftBy = (most: number): Augmentation => ({
  reach: most,
  draw: ({ uniform }) => {
    const down = Math.floor(uniform() * (2 * most + 1)) - most
    const right = Math.floor(uniform() * (2 * most + 1)) - most
    return (map) => shifted(map, down, right)
  },
})

function shifted({ shape, values }: SampleMap, down: number, right: number): SampleMap {
  const [height, width, channels] = shape
  const result = new Float32Array(values.length)
  if (Math.abs(right) >= width) return { shape, values: result }
  const row = width * channels
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const from = (y - down) * row
    const kept = values.subarray(from + Math.max(0, -right) * channels, from + Math.min(width, width - right) * channels)
    result.set(kept, y * row + Math.max(0, right) * channels)
  }
  return { shape, values: result }
}
