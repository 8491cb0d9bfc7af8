import type { Dim } from '../dim/expr.ts'

/** What usually makes two sizes differ as these do. */
export function adviceOnSizes(a: Dim, b: Dim): readonly string[] {
  if (typeof a !== 'number' || typeof b !== 'number') return []
  const [small, large] = [Math.min(a, b), Math.max(a, b)]
  if (large - small === 1) return ['an odd size does not come back by halving and doubling']
  const factor = [2, 4, 8, 16, 32].find((k) => small === Math.floor(large / k) || small === Math.ceil(large / k))
  if (factor !== undefined) return [`one side has a stride, pooling or resizing of ${factor} that the other has not`]
  const padding = large - small <= 16 && (large - small) % 2 === 0
  return padding ? [`${large - small} rows or columns are lost at windows without padding; padding: same keeps all`] : []
}

/** What to do about maps of different numbers of channels. */
export const adviceOnChannels: readonly string[] = ['a 1x1 convolution brings a map to other channels; fuse.concat keeps both maps']
