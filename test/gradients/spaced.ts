import { random, type Operand } from '../primitives/harness.ts'

/**
 * An operand of numbers from -1.5 to 1.5 that look random, are evenly apart, and neither 0 nor any of those of another `shift`:
 * no small step makes one the largest of a window, or changes its sign. `shift` is from 0 to below 1, but not 0.5.
 */
export function spaced(dims: readonly number[], batch: number | 'none', shift = 0): Operand {
  const { type, samples } = random(dims, batch)
  const all = samples.flatMap(({ data }, sample) => [...data].map((value, i) => ({ value, sample, i })))
  all.sort((a, b) => a.value - b.value)
  for (const [rank, { sample, i }] of all.entries())
    samples[sample]!.data[i] = Math.fround(((rank + shift) / all.length) * 3 - 1.5 + 0.01)
  return { type, samples }
}
