import type { Variable } from './expr.ts'
import { knowledgeOf } from './variable.ts'
import { ownProperty } from '../text/own-property.ts'

/**
 * What a size breaks of all that is known of an input's extent, in plain words; `sizes` are those of all extents that have one.
 */
export function unsatisfied(variable: Variable, size: number, sizes: Readonly<Record<string, number>>): readonly string[] {
  const { name } = variable
  const { modulus, remainder, min, max } = knowledgeOf(variable)
  const found: string[] = []
  if (!Number.isInteger(size)) return [`${name} must be a whole number, not ${size}`]
  if ((size - remainder) % modulus !== 0) {
    found.push(
      remainder === 0
        ? `${name} must be a multiple of ${modulus}, not ${size}`
        : `${name} must leave ${remainder} when divided by ${modulus}; ${size} leaves ${size % modulus}`,
    )
  }
  if (size < min) found.push(`${name} must be at least ${min}, not ${size}`)
  if (size > max) found.push(`${name} must be at most ${max}, not ${size}`)
  for (const { other, by } of variable.relations.filter(({ kind }) => kind === 'least')) {
    const bound = ownProperty(sizes, other)
    const least = bound === undefined ? size : bound + by
    if (size < least) found.push(`${name} must be at least ${sum(other, by)} = ${least}, not ${size}`)
  }
  return found
}

const sum = (name: string, by: number): string => (by === 0 ? name : `${name} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`)
