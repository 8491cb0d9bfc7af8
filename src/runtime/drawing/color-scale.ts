import type { Color } from './canvas.ts'

/** A colour for each share from 0 to 1; shares beyond are cut off. */
export type ColorScale = (share: number) => Color

/** Colours at equal distances, interpolated linearly in sRGB. */
const between =
  (stops: readonly Color[]): ColorScale =>
  (share) => {
    const at = Math.min(1, Math.max(0, share)) * (stops.length - 1)
    const first = Math.min(stops.length - 2, Math.floor(at))
    const [low, high] = [stops[first]!, stops[first + 1]!]
    const mixed = (i: 0 | 1 | 2): number => Math.round(low[i] + (high[i] - low[i]) * (at - first))
    return [mixed(0), mixed(1), mixed(2)]
  }

export const grey: ColorScale = between([[0, 0, 0], [255, 255, 255]])

/** Perceptually uniform, also in grey and for the colour-blind: viridis (van der Walt and Smith 2015, matplotlib; CC0). */
export const viridis: ColorScale = between([
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
])

/** As viridis, from black over red to yellow, so that what is high stands out on grey pictures: inferno (ibid.). */
export const inferno: ColorScale = between([
  [0, 0, 4],
  [31, 12, 72],
  [87, 16, 110],
  [136, 34, 106],
  [188, 55, 84],
  [227, 89, 51],
  [249, 140, 10],
  [249, 203, 53],
  [252, 255, 164],
])

/**
 * For values on both sides of zero, which is white: negative blue, positive red. ColorBrewer's RdBu (Brewer 2003) turned round.
 */
export const diverging: ColorScale = between([[5, 113, 176], [146, 197, 222], [247, 247, 247], [244, 165, 130], [202, 0, 32]])
