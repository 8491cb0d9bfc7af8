import { randomStream } from '../../codegen/tfjs/runtime/random.ts'
import { shuffled } from './shuffled.ts'

interface Split {
  /** Positions of samples, ascending. */
  readonly training: readonly number[]
  readonly validation: readonly number[]
}

interface SplitOptions {
  /** The part that is for validation, from 0 up to but not including 1. */
  readonly fraction: number
  readonly seed: number
  /** The class of every sample: each class is then split by the fraction, as nearly as whole samples allow. */
  readonly labels?: ArrayLike<number>
}

/**
 * The positions 0 to size - 1 as samples to learn from and round(fraction * size) samples to validate with, the same ones for the
 * same seed.
 */
export function splitSamples(size: number, { fraction, seed, labels }: SplitOptions): Split {
  const groups = new Map<number, number[]>()
  for (let position = 0; position < size; position++) {
    const label = labels?.[position] ?? 0
    const group = groups.get(label)
    if (group) group.push(position)
    else groups.set(label, [position])
  }
  const sorted = [...groups].sort(([a], [b]) => a - b)
  const counts = proportionalCounts(sorted.map(([, group]) => group.length), fraction)
  const chosen = sorted.flatMap(([label, group], i) =>
    shuffled(group, randomStream(seed, `validation samples of class ${label}`)).slice(0, counts[i]),
  )
  const held = new Set(chosen)
  const positions = Array.from({ length: size }, (_, position) => position)
  return {
    training: positions.filter((position) => !held.has(position)),
    validation: positions.filter((position) => held.has(position)),
  }
}

/**
 * The fraction of each size in whole numbers that add up to the rounded fraction of all: those with the largest rests are rounded
 * up.
 */
function proportionalCounts(sizes: readonly number[], fraction: number): readonly number[] {
  const total = Math.round(fraction * sizes.reduce((sum, size) => sum + size, 0))
  const counts = sizes.map((size) => Math.floor(size * fraction))
  const byRest = sizes.map((size, i) => ({ i, rest: size * fraction - counts[i]! })).sort((a, b) => b.rest - a.rest)
  const missing = total - counts.reduce((sum, count) => sum + count, 0)
  for (const { i } of byRest.slice(0, missing)) counts[i]!++
  return counts
}
