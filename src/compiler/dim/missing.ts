import { assume, sizesUnder, type Condition } from './condition.ts'
import { evaluate, variablesOf, type Variable } from './expr.ts'
import { firstFrom } from './first-from.ts'
import { expressions, relations } from './missing-relations.ts'
import { isProved, remainderOf, variablesIn, type OpenClaim, type Search } from './open-claim.ts'
import { combine, knowledgeOf, nothingKnown } from './variable.ts'

/** The conditions on the inputs' extents under which two extents are equal, or one is whole: multiples where they do. */
export const missingForEquality = (claim: OpenClaim): readonly Condition[] | undefined =>
  firstOf([multiples, equalities, expressions, leasts, remainders, fixed], claim)

/** The same for an extent that has to be large enough: lower bounds where they do. */
export const missingForBound = (claim: OpenClaim): readonly Condition[] | undefined =>
  firstOf([leasts, relations, multiples, mosts, equalities, remainders], claim)

function firstOf(searches: readonly Search[], claim: OpenClaim): readonly Condition[] | undefined {
  for (const search of searches) {
    const found = search(claim, [])
    if (found) return found
  }
  return undefined
}

/** Networks halve a map seven times at most; of rests other than 0, small ones are usual. */
const largestFactor = 128
const largestFactorWithRest = 32
const largestSize = 1 << 20

/** Whether the claim holds at a few of the sizes that the conditions leave: a quick way to see that it is not worth proving. */
const isLikely = ({ dim, holds }: OpenClaim, conditions: readonly Condition[]): boolean =>
  sizesUnder([...variablesOf(dim).values()], conditions)?.every((sizes) => holds(evaluate(dim, sizes))) ?? false

const worksOut = (claim: OpenClaim, conditions: readonly Condition[]): boolean =>
  isLikely(claim, conditions) && isProved(claim, conditions)

/** The smallest multiple that one extent, or each of them, has to be. */
const multiples: Search = (claim, given) => {
  const variables = variablesIn(claim, given)
  const groups = [...variables.map((v) => [v]), ...(variables.length > 1 ? [variables] : [])]
  for (let factor = 2; factor <= largestFactor; factor++) {
    for (const group of groups) {
      const conditions = group.map((v) => remainderOf(v, factor, 0))
      if (worksOut(claim, [...given, ...conditions])) return [...given, ...smallestOf(claim, given, group, factor)]
    }
  }
  return undefined
}

/** Of extents that may all be multiples of one factor, those that have to, and of what. */
function smallestOf(
  claim: OpenClaim,
  given: readonly Condition[],
  group: readonly Variable[],
  factor: number,
): readonly Condition[] {
  const factors = group.map(() => factor)
  const conditions = (): readonly Condition[] =>
    group.flatMap((v, i) => (factors[i] === 1 ? [] : [remainderOf(v, factors[i]!, 0)]))
  for (const i of group.keys()) {
    for (let smaller = 1; smaller <= factor; smaller++) {
      if (factor % smaller !== 0) continue
      factors[i] = smaller
      if (isProved(claim, [...given, ...conditions()])) break
    }
  }
  return conditions()
}

/** The rest one extent has to leave, where that is not the one it may leave anyway. */
const remainders: Search = (claim, given) => {
  for (let factor = 2; factor <= largestFactorWithRest; factor++) {
    for (const v of variablesIn(claim, given)) {
      for (let turn = 1; turn < factor; turn++) {
        const conditions = [...given, remainderOf(v, factor, turn)]
        if (worksOut(claim, conditions)) return conditions
      }
    }
  }
  return undefined
}

/** Two extents that have to be one, and the multiple it then has to be. */
const equalities: Search = (claim, given) => {
  const names = variablesIn(claim, given).map(({ name }) => name)
  for (const [i, other] of names.entries()) {
    for (const extent of names.slice(i + 1)) {
      const conditions: readonly Condition[] = [...given, { kind: 'equal', extent, other }]
      const found = isProved(claim, conditions) ? conditions : multiples(claim, conditions)
      if (found) return found
    }
  }
  return undefined
}

/** The size from which on the claim holds, of one extent or of each. */
const leasts: Search = (claim, given) => {
  const variables = variablesIn(claim, given)
  const groups = [...variables.map((v) => [v]), ...(variables.length > 1 ? [variables] : [])]
  for (const group of groups) {
    const conditions = (bound: number): readonly Condition[] => [
      ...given,
      ...group.map((v): Condition => ({ kind: 'least', extent: v.name, bound })),
    ]
    const bound = firstFrom(Math.min(...group.map((v) => knowledgeOf(v).min)), largestSize, (size) =>
      isProved(claim, conditions(size)),
    )
    if (bound !== undefined) return [...given, ...group.flatMap((v) => leastOf(v, bound))]
  }
  return undefined
}

/** A lower bound, as the first size an extent can have from there on. */
function leastOf(v: Variable, bound: number): readonly Condition[] {
  const known = combine(knowledgeOf(v), { ...nothingKnown, min: bound })
  const first =
    known === undefined ? bound : Math.ceil((bound - known.remainder) / known.modulus) * known.modulus + known.remainder
  return first <= knowledgeOf(v).min ? [] : [{ kind: 'least', extent: v.name, bound: first }]
}

/** The size up to which the claim holds, where it is about one extent. */
const mosts: Search = (claim, given) => {
  const [v, ...others] = variablesIn(claim, given)
  if (!v || others.length > 0) return undefined
  const at = (bound: number): readonly Condition[] => [...given, { kind: 'most', extent: v.name, bound }]
  const { min } = knowledgeOf(v)
  if (!isProved(claim, at(min))) return undefined
  const beyond = firstFrom(min, largestSize, (size) => !isProved(claim, at(size)))
  return beyond === undefined ? undefined : at(beyond - 1)
}

/** The one size of the one extent for which the claim holds, or the sizes from the first to the last. */
const fixed: Search = (claim, given) => {
  const [v, ...others] = variablesIn(claim, given)
  const narrowed = assume(claim.dim, given)
  if (!v || others.length > 0 || narrowed === undefined) return undefined
  const sizes: number[] = []
  for (let at = v.min; at <= Math.min(v.max, v.min + scanned); at++) {
    const size = v.scale * at + v.offset
    if (claim.holds(evaluate(narrowed, { [v.name]: size }))) sizes.push(size)
  }
  const [first, last] = [sizes[0], sizes.at(-1)]
  if (first === undefined || last === undefined || last - first !== (sizes.length - 1) * v.scale) return undefined
  const range: readonly Condition[] = [
    ...given,
    { kind: 'least', extent: v.name, bound: first },
    { kind: 'most', extent: v.name, bound: last },
  ]
  if (first !== last && isProved(claim, range)) return range
  const one: readonly Condition[] = [...given, { kind: 'is', extent: v.name, size: first }]
  return isProved(claim, one) ? one : undefined
}

const scanned = 4096
