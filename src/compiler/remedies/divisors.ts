import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import { givenList } from '../elaborate/given-values.ts'
import type { Remedy } from './remedy.ts'
import { numberEdits } from './edits/number.ts'
import type { IntValue } from '../elaborate/value.ts'

/**
 * Writes a number that divides all of these instead of one that does not: those that are nearest, powers of two for a power of
 * two.
 */
export function divisorFixes(divisor: IntValue, wholes: readonly number[], ctx: Context): readonly Fix[] {
  const { dim } = divisor
  if (typeof dim !== 'number') return []
  const all = divisorsOf(dim, wholes)
  const nearest = isPower(dim) ? [...all.filter(isPower).slice(0, 2), ...all.slice(0, 1)] : all.slice(0, 2)
  return [...new Set(nearest)].flatMap((number) => {
    const effect = number === 1 ? 'which divides everything' : `which divides ${[...new Set(wholes)].join(' and ')}`
    return numberEdits(divisor, number, ctx).map(({ text, edit }) => ({ title: `write ${text}, ${effect}`, safety: 'unsafe', edits: [edit] }))
  })
}

const isPower = (number: number): boolean => number > 0 && Number.isInteger(Math.log2(number))

/** The other numbers that divide all of these, the nearest first. */
function divisorsOf(number: number, wholes: readonly number[]): readonly number[] {
  const least = Math.min(...wholes)
  // of what is divided by too large a number, a few are left
  const most = number >= least ? Math.floor(least / 4) : Math.floor(least / 2)
  const candidates = Array.from({ length: Math.max(0, Math.min(most, 1_000_000)) }, (_, i) => i + 1)
  const divisors = candidates.filter((one) => one !== number && wholes.every((whole) => whole % one === 0))
  return divisors.sort((a, b) => Math.abs(a - number) - Math.abs(b - number))
}

/** Another number of groups, which divides the filters and the channels. */
export const groupsThatDivide: Remedy<'refused-call'> = ({ problem, tensors, matched }, ctx) => {
  const groups = givenList(matched.get('groups'))[0]?.value
  const channels = tensors[0]?.type.shape.at(-1)?.dim
  const filters = problem.labels[0]?.extent.dim
  if (problem.code !== 'shape/groups' || groups?.kind !== 'int' || typeof channels !== 'number' || typeof filters !== 'number') return {}
  return { fixes: divisorFixes(groups, [filters, channels], ctx) }
}
