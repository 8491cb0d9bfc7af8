import type { Augmentation } from './augmentation.ts'
import type { SampleMap } from './sample-map.ts'

/** Left and right are exchanged in half of the samples. */
export const flip: Augmentation = {
  reach: 0,
  draw: ({ uniform }) => (uniform() < 0.5 ? mirrored : (map) => map),
}

function mirrored({ shape, values }: SampleMap): SampleMap {
  const [, width, channels] = shape
  const result = new Float32Array(values.length)
  for (let start = 0; start < values.length; start += width * channels) {
    for (let x = 0; x < width; x++) {
      const from = start + (width - 1 - x) * channels
      const to = start + x * channels
      for (let channel = 0; channel < channels; channel++) result[to + channel] = values[from + channel]!
    }
  }
  return { shape, values: result }
}
