import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'

/** The mean of each channel of a map. */
export function meanOf(map: NdArray): NdArray {
  const [height, width, channels] = map.shape as readonly [number, number, number]
  return fill([channels], (c) => total([height, width], (h, w) => at(map, h, w, c)) / (height * width))
}
