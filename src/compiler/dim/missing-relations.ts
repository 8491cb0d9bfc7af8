import { assume, type Condition } from './condition.ts'
import { add, bounds, divide, multiply, polynomialOf, subtract, variablesOf, type Dim, type Variable } from './expr.ts'
import { isProved, remainderOf, variablesIn, type Search } from './open-claim.ts'

/** One extent that has to be an expression of others, which then have to be multiples for it to be whole. */
export const expressions: Search = (claim, given) => {
  const narrowed = assume(claim.dim, given)
  const variables = variablesIn(claim, given)
  if (narrowed === undefined || variables.length < 2) return undefined
  for (const v of variables) {
    const dim = solvedFor(narrowed, v)
    if (dim === undefined) continue
    const multiple = typeof dim === 'number' ? 1 : dim.den
    const others = multiple === 1 ? [] : [...variablesOf(dim).values()].map((other) => remainderOf(other, multiple, 0))
    const conditions: readonly Condition[] = [...given, ...others, { kind: 'expressed', extent: v.name, dim }]
    if (bounds(dim).max >= 1 && isProved(claim, conditions)) return conditions
  }
  return undefined
}

/** What an extent is where a polynomial in which it stands by itself is 0. */
function solvedFor(dim: Dim, v: Variable): Dim | undefined {
  if (typeof dim === 'number') return undefined
  const own = dim.terms.filter(({ atoms }) => atoms.length === 1 && atoms[0]!.key === v.key)
  const [term] = own
  if (!term || own.length > 1) return undefined
  const rest = subtract(multiply(dim, dim.den), polynomialOf(term.coef, term.atoms))
  const solved = divide(multiply(rest, -v.scale), term.coef)
  return solved === undefined || variablesOf(rest).has(v.name) ? undefined : add(solved, v.offset)
}

/** Of two extents the one that has to be at least as large as the other. */
export const relations: Search = (claim, given) => {
  const names = variablesIn(claim, given).map(({ name }) => name)
  const pairs = names.flatMap((extent) =>
    names.flatMap((other) => (extent === other ? [] : [{ kind: 'related', extent, other } as const])),
  )
  const found = pairs.find((condition) => isProved(claim, [...given, condition]))
  return found && [...given, found]
}
