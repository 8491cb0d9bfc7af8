import {
  add,
  bounds,
  divide,
  isInteger,
  multiply,
  polynomialOf,
  subtract,
  variablesOf,
  type Bounds,
  type Dim,
  type Term,
  type Variable,
} from './expr.ts'
import { extentOf } from './variable.ts'

type Side = 'low' | 'high'

/** Something that one atom of a term is certainly at least or at most. */
type Nearest = (atom: Term['atoms'][number], side: Side) => Dim | undefined

/**
 * Bounds that know of floors: e - (d - 1) / d <= floor(e) <= e for an e over the denominator d. Replacing every floor that stands
 * alone in its term by that side leaves polynomials whose terms cancel: 2 * floor(H / 2) <= H. Where extents are related, H >= h,
 * one is then replaced by the other.
 */
export function tightBounds(dim: Dim): Bounds {
  const plain = bounds(dim)
  if (typeof dim === 'number') return plain
  const [low, high] = [relax(dim, 'low', ofFloor), relax(dim, 'high', ofFloor)]
  const [lows, highs] = [[low, ...related(low, 'low')], [high, ...related(high, 'high')]]
  const min = Math.max(plain.min, ...lows.map((one) => bounds(one).min))
  const max = Math.min(plain.max, ...highs.map((one) => bounds(one).max))
  return isInteger(dim) ? { min: Math.ceil(min), max: Math.floor(max) } : { min, max }
}

function relax(dim: Dim, side: Side, nearest: Nearest): Dim {
  if (typeof dim === 'number') return dim
  const sum = dim.terms.map((term) => relaxTerm(term, side, nearest)).reduce<Dim>(add, 0)
  return divide(sum, dim.den) ?? dim
}

function relaxTerm({ coef, atoms }: Term, side: Side, nearest: Nearest): Dim {
  const [only, ...others] = atoms
  const inner = (side === 'low') === coef > 0 ? 'low' : 'high'
  const found = only && others.length === 0 ? nearest(only, inner) : undefined
  return found === undefined ? polynomialOf(coef, atoms) : multiply(coef, relax(found, inner, nearest))
}

const ofFloor: Nearest = (atom, side) =>
  atom.kind !== 'floor' ? undefined : side === 'low' ? subtract(atom.of, (atom.of.den - 1) / atom.of.den) : atom.of

/** The extent with each of its variables replaced by each of those it is related to, one at a time. */
function related(dim: Dim, side: Side): readonly Dim[] {
  const variables = variablesOf(dim)
  return [...variables.values()].flatMap((one) =>
    one.relations.flatMap(({ kind, other, by }) => {
      const known = variables.get(other)
      if (!known || known === one) return []
      const bound = add(extentOf(known), by)
      const wanted = kind === 'least' ? 'low' : 'high'
      return [
        relax(dim, side, (atom, at) =>
          at === wanted && isVariable(atom, one) ? divide(subtract(bound, one.offset), one.scale) : undefined,
        ),
      ]
    }),
  )
}

const isVariable = (atom: Term['atoms'][number], { name }: Variable): boolean => atom.kind === 'variable' && atom.name === name
