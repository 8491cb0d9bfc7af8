import { add, bounds, divide, isInteger, multiply, polynomialOf, subtract, type Bounds, type Dim, type Term } from './expr.ts'

/**
 * Bounds that know of floors: e - (d - 1) / d <= floor(e) <= e for an e over the denominator d. Replacing every floor that stands alone in its
 * term by that side leaves polynomials whose terms cancel: 2 * floor(H / 2) <= H.
 */
export function tightBounds(dim: Dim): Bounds {
  const plain = bounds(dim)
  if (typeof dim === 'number') return plain
  const low = relax(dim, 'low')
  const high = relax(dim, 'high')
  const [min, max] = [Math.max(plain.min, bounds(low).min), Math.min(plain.max, bounds(high).max)]
  return isInteger(dim) ? { min: Math.ceil(min), max: Math.floor(max) } : { min, max }
}

function relax(dim: Dim, side: 'low' | 'high'): Dim {
  if (typeof dim === 'number') return dim
  const sum = dim.terms.map((term) => relaxTerm(term, side)).reduce<Dim>(add, 0)
  return divide(sum, dim.den) ?? dim
}

function relaxTerm({ coef, atoms }: Term, side: 'low' | 'high'): Dim {
  const [only, ...others] = atoms
  if (only?.kind !== 'floor' || others.length > 0) return polynomialOf(coef, atoms)
  const inner = (side === 'low') === coef > 0 ? 'low' : 'high'
  const nearest = inner === 'low' ? subtract(only.of, (only.of.den - 1) / only.of.den) : only.of
  return multiply(coef, relax(nearest, inner))
}
