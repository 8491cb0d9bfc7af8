import { bounds, evaluate, substitute, subtract, variablesOf, type Dim, type Variable } from './expr.ts'
import { tightBounds } from './relax.ts'
import { extentOf, knowledgeOf } from './variable.ts'

/** What can be said of a claim about extents: true for all inputs, for none, or not known. */
export type Verdict =
  | { readonly kind: 'proved' }
  | { readonly kind: 'refuted' }
  | {
      readonly kind: 'unknown'
      /** Extents of inputs for which the claim fails, where one was found. */
      readonly witness: Readonly<Record<string, number>> | undefined
      /** The smallest `where` found that proves the claim, as fmw text. */
      readonly missing: string | undefined
    }

const proved: Verdict = { kind: 'proved' }
const refuted: Verdict = { kind: 'refuted' }

/** Is a equal to b for every input the `where`s allow? */
export function equal(a: Dim, b: Dim): Verdict {
  const difference = subtract(a, b)
  if (difference === 0) return proved
  const { min, max } = tightBounds(difference)
  if (min > 0 || max < 0) return refuted
  return {
    kind: 'unknown',
    witness: witnessOf(difference, (value) => value !== 0),
    missing: missingMultiple(difference, (value) => value === 0),
  }
}

/** Is a at least b for every input the `where`s allow? */
export function atLeast(a: Dim, b: Dim): Verdict {
  const difference = subtract(a, b)
  const { min, max } = tightBounds(difference)
  if (min >= 0) return proved
  if (max < 0) return refuted
  return { kind: 'unknown', witness: witnessOf(difference, (value) => value < 0), missing: missingMinimum(difference) }
}

/** Is the value an integer for every input the `where`s allow? */
export function integral(dim: Dim): Verdict {
  if (typeof dim === 'number') return Number.isInteger(dim) ? proved : refuted
  if (dim.den === 1) return proved
  return {
    kind: 'unknown',
    witness: witnessOf(dim, (value) => !Number.isInteger(value)),
    missing: missingMultiple(dim, (value) => (typeof value === 'number' ? Number.isInteger(value) : value.den === 1)),
  }
}

const tried = 64

/** The smallest extents, along each variable and along the diagonal, for which the test holds. */
function witnessOf(dim: Dim, test: (value: number) => boolean): Readonly<Record<string, number>> | undefined {
  const variables = [...variablesOf(dim).values()]
  const at = (steps: readonly number[]): Record<string, number> =>
    Object.fromEntries(variables.map((v, i) => [v.name, v.scale * Math.min(v.min + steps[i]!, v.max) + v.offset]))
  for (let step = 0; step <= tried; step++) {
    const candidates = [variables.map(() => step), ...variables.map((_, moved) => variables.map((_v, i) => (i === moved ? step : 0)))]
    for (const candidate of candidates) {
      const extents = at(candidate)
      if (test(evaluate(dim, extents))) return extents
    }
  }
  return undefined
}

/** The smallest multiple that one extent (or each of them) must be of, so that the claim becomes provable. */
function missingMultiple(dim: Dim, holds: (value: Dim) => boolean): string | undefined {
  const variables = [...variablesOf(dim).values()]
  const groups = [...variables.map((v) => [v]), ...(variables.length > 1 ? [variables] : [])]
  for (let factor = 2; factor <= tried; factor++) {
    for (const group of groups) {
      if (group.some((v) => v.offset !== 0)) continue
      const assumed = substitute(dim, (v) => {
        const narrowed = group.some((one) => one.name === v.name) ? narrow(v, factor) : v
        return narrowed === v ? extentOf({ ...v, scale: 1, offset: 0 }) : narrowedAtom(narrowed, factor)
      })
      if (holds(assumed)) return group.map((v) => `${v.name} % ${v.scale * factor} == 0`).join(', ')
    }
  }
  return undefined
}

/** The variable of which v is `factor` times. */
const narrow = (v: Variable, factor: number): Variable => ({
  ...v,
  min: Math.ceil(v.min / factor),
  max: Math.floor(v.max / factor),
})

const narrowedAtom = (v: Variable, factor: number): Dim => extentOf({ ...v, scale: factor, offset: 0 })

/** The smallest extent from which on a non-decreasing claim holds, found by bisection; undefined when several extents take part. */
function missingMinimum(difference: Dim): string | undefined {
  const variables = [...variablesOf(difference).values()]
  if (variables.length !== 1) return undefined
  const v = variables[0]!
  const from = (min: number): number => bounds(substitute(difference, () => extentOf({ ...v, min, scale: 1, offset: 0 }))).min
  let high = Math.max(v.min, 1)
  while (high < 1 << 20 && from(high) < 0) high *= 2
  if (from(high) < 0) return undefined
  let low = v.min
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (from(middle) >= 0) high = middle
    else low = middle + 1
  }
  return `${v.name} >= ${knowledgeOf({ ...v, min: low }).min}`
}
