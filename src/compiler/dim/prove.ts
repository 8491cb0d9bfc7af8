import type { Condition } from './condition.ts'
import { evaluate, isFree, isInteger, subtract, variablesOf, type Dim } from './expr.ts'
import { missingForBound, missingForEquality } from './missing.ts'
import { areRelated } from './related.ts'
import { tightBounds } from './relax.ts'

/** What can be said of a claim about extents: true for all inputs, for none, not known, or the caller's matter. */
export type Verdict =
  | { readonly kind: 'proved' }
  | { readonly kind: 'refuted' }
  /** Not decided, and about what any caller gives: one that gives what does not fit is told so. */
  | { readonly kind: 'free' }
  | {
      readonly kind: 'unknown'
      /** Extents of inputs for which the claim fails, where one was found. */
      readonly witness: Readonly<Record<string, number>> | undefined
      /** The least that is missing: conditions on the inputs under which the claim is proved. */
      readonly missing: () => readonly Condition[] | undefined
    }

const proved: Verdict = { kind: 'proved' }
const refuted: Verdict = { kind: 'refuted' }
const free: Verdict = { kind: 'free' }

/** Whether nothing is wrong where the claim has to hold. */
export const isGranted = (verdict: Verdict): verdict is Extract<Verdict, { readonly kind: 'proved' | 'free' }> =>
  verdict.kind === 'proved' || verdict.kind === 'free'

/** Is a equal to b for every input the `where`s allow? */
export function equal(a: Dim, b: Dim): Verdict {
  const difference = subtract(a, b)
  if (difference === 0) return proved
  const { min, max } = tightBounds(difference)
  if (min > 0 || max < 0) return refuted
  if (min === 0 && max === 0) return proved
  if (isFree(difference)) return free
  return {
    kind: 'unknown',
    witness: witnessOf(difference, [a, b], (value) => value !== 0),
    missing: () => missingForEquality({ dim: difference, proves: isZero, holds: (value) => value === 0 }),
  }
}

/** Is a at least b for every input the `where`s allow? */
export function atLeast(a: Dim, b: Dim): Verdict {
  const difference = subtract(a, b)
  const { min, max } = tightBounds(difference)
  if (min >= 0) return proved
  if (max < 0) return refuted
  if (isFree(difference)) return free
  return {
    kind: 'unknown',
    witness: witnessOf(difference, [a, b], (value) => value < 0),
    missing: () => missingForBound({ dim: difference, proves: isNotNegative, holds: (value) => value >= 0 }),
  }
}

/** Is the value an integer for every input the `where`s allow? */
export function integral(dim: Dim): Verdict {
  if (typeof dim === 'number') return Number.isInteger(dim) ? proved : refuted
  if (dim.den === 1) return proved
  if (isFree(dim)) return free
  return {
    kind: 'unknown',
    witness: witnessOf(dim, [dim], (value) => !Number.isInteger(value)),
    missing: () => missingForEquality({ dim, proves: isInteger, holds: Number.isInteger }),
  }
}

const isNotNegative = (dim: Dim): boolean => tightBounds(dim).min >= 0

function isZero(dim: Dim): boolean {
  const { min, max } = tightBounds(dim)
  return min === 0 && max === 0
}

const tried = 64

/**
 * The smallest extents, along each variable and along the diagonal, for which the test holds; also of those that `dim` does not
 * depend on.
 */
function witnessOf(
  dim: Dim,
  about: readonly Dim[],
  test: (value: number) => boolean,
): Readonly<Record<string, number>> | undefined {
  const variables = [...new Map(about.flatMap((one) => [...variablesOf(one)])).values()]
  const at = (steps: readonly number[]): Record<string, number> =>
    Object.fromEntries(variables.map((v, i) => [v.name, v.scale * Math.min(v.min + steps[i]!, v.max) + v.offset]))
  for (let step = 0; step <= tried; step++) {
    const candidates = [
      variables.map(() => step),
      ...variables.map((_, moved) => variables.map((_v, i) => (i === moved ? step : 0))),
    ]
    for (const candidate of candidates) {
      const extents = at(candidate)
      if (areRelated(variables, extents) && test(evaluate(dim, extents))) return extents
    }
  }
  return undefined
}
