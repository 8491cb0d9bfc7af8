import { at, fill, type NdArray } from '../primitives/nd-array.ts'

/** Each channel of a map times its weight. */
export const perChannel = (map: NdArray, weights: NdArray): NdArray =>
  fill(map.shape, (h, w, c) => at(map, h, w, c) * at(weights, c))
