import type { Metadata } from './metadata.ts'

/** One of the classes that a vector of values tells apart. */
export interface Score {
  /** The number of the class, from 0. */
  readonly index: number
  readonly label?: string
  readonly probability: number
  /** What the vector has for it; two classes that share one value have none of their own. */
  readonly value?: number
}

/** The `count` likeliest classes of a sample; of a single value, which is that of the second of two. */
export function likeliest(
  sample: Float32Array,
  how: NonNullable<Metadata['probabilities']>,
  classes: readonly string[] | undefined,
  count: number,
): readonly Score[] {
  const found = probabilitiesOf(sample, how)
  const [second, ...others] = found
  const isOne = second !== undefined && others.length === 0
  const scores = (isOne ? [1 - second, second] : found).map((probability, index) => {
    const [label, value] = [classes?.[index], isOne ? undefined : sample[index]]
    return { index, ...(label !== undefined && { label }), probability, ...(value !== undefined && { value }) }
  })
  return scores.sort((a, b) => rank(b) - rank(a) || a.index - b.index).slice(0, count)
}

const rank = ({ value, probability }: Score): number => value ?? probability

function probabilitiesOf(values: Float32Array, how: NonNullable<Metadata['probabilities']>): readonly number[] {
  if (how === 'identity') return [...values]
  if (how === 'sigmoid') return Array.from(values, (value) => 1 / (1 + Math.exp(-value)))
  const most = Math.max(...values)
  const powers = Array.from(values, (value) => Math.exp(value - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}
