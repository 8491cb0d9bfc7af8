import type { Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

type Pair = readonly [number, number]

export interface PoolGeometry {
  readonly size: Pair
  readonly stride: Pair
  readonly pads: readonly [Pair, Pair]
  readonly ceil?: boolean
}

/**
 * Where windows start along an axis, found by trying one place after the other. With `ceil` a window may overhang the padded map,
 * by less than a stride, and starts inside the map or the padding before it.
 */
export function windowStarts(
  extent: number,
  size: number,
  stride: number,
  [before, after]: Pair,
  ceil = false,
): readonly number[] {
  const starts: number[] = []
  for (let start = -before; ; start += stride) {
    const overhang = start + size - (extent + after)
    if (ceil ? overhang >= stride || start >= extent : overhang > 0) return starts
    starts.push(start)
  }
}

/** Combines the elements of each window: those of the map, and how many zeros of the written padding it covers. */
export const pooled =
  (
    { size, stride, pads, ceil = false }: PoolGeometry,
    combine: (values: readonly number[], zeros: number) => number,
  ): Reference =>
  ({ x }) => {
    const [height, width, channels] = x!.shape as readonly [number, number, number]
    const rows = windowStarts(height, size[0], stride[0], pads[0], ceil)
    const columns = windowStarts(width, size[1], stride[1], pads[1], ceil)
    return fill([rows.length, columns.length, channels], (h, w, c) => {
      const values: number[] = []
      let zeros = 0
      for (let i = rows[h!]!; i < rows[h!]! + size[0]; i++)
        for (let j = columns[w!]!; j < columns[w!]! + size[1]; j++) {
          if (i >= 0 && j >= 0 && i < height && j < width) values.push(at(x!, i, j, c!))
          else if (i < height + pads[0][1] && j < width + pads[1][1]) zeros++
        }
      return combine(values, zeros)
    })
  }
