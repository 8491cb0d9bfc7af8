import { assume, type Condition } from './condition.ts'
import { variablesOf, type Dim, type Variable } from './expr.ts'

/** A claim about an extent that is not decided: when a narrower extent decides it, and for which values it holds. */
export interface OpenClaim {
  readonly dim: Dim
  readonly proves: (narrower: Dim) => boolean
  readonly holds: (value: number) => boolean
}

/** What a search may propose; the first that proves the claim is the answer. */
export type Search = (claim: OpenClaim, given: readonly Condition[]) => readonly Condition[] | undefined

/** The input extents that a claim is about, once the conditions hold. */
export function variablesIn({ dim }: OpenClaim, given: readonly Condition[]): readonly Variable[] {
  const narrowed = assume(dim, given)
  return narrowed === undefined ? [] : [...variablesOf(narrowed).values()]
}

export function isProved({ dim, proves }: OpenClaim, conditions: readonly Condition[]): boolean {
  const narrowed = assume(dim, conditions)
  return narrowed !== undefined && proves(narrowed)
}

/** That an extent is so often larger than the least it can be that `factor` divides how often, but for a rest. */
export const remainderOf = (v: Variable, factor: number, turn: number): Condition => ({
  kind: 'remainder',
  extent: v.name,
  modulus: v.scale * factor,
  remainder: v.offset + v.scale * turn,
})
