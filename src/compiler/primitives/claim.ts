import { evaluate, variablesOf, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { atLeast, equal, type Verdict } from '../dim/prove.ts'
import { problem, type Problem, type Refused } from './primitive.ts'

/** A relation between two extents that a call needs. */
export interface Claim {
  readonly op: string
  /** What is compared: `height`, `elements`. */
  readonly axis: string
  readonly a: Dim
  readonly b: Dim
  readonly labels: Problem['labels']
}

/** The refusal where `a = b` fails or cannot be proved; `refuted` says what is wrong in the first case. */
export const unlessEqual = (claim: Claim, refuted: () => Refused): Refused | undefined =>
  settle(claim, 'equal to', equal(claim.a, claim.b), refuted)

/** The same for `a >= b`. */
export const unlessAtLeast = (claim: Claim, refuted: () => Refused): Refused | undefined =>
  settle(claim, 'at least', atLeast(claim.a, claim.b), refuted)

function settle(claim: Claim, relation: string, verdict: Verdict, refuted: () => Refused): Refused | undefined {
  if (verdict.kind === 'proved') return undefined
  if (verdict.kind === 'refuted') return refuted()
  const { op, axis, a, b, labels } = claim
  const { witness, missing } = verdict
  const refusal = problem(
    'shape/not-provable',
    { op, axis, a: printDim(a), relation, b: printDim(b), doubt: witness ? counterexample(a, b, witness) : noCounterexample(a, b) },
    labels,
    missing === undefined ? [] : [`it holds where ${missing}`],
  )
  return missing === undefined ? refusal : { problem: { ...refusal.problem, missing } }
}

function counterexample(a: Dim, b: Dim, witness: Readonly<Record<string, number>>): string {
  const extents = Object.entries(witness).map(([name, value]) => `${name} = ${value}`)
  return `for ${extents.join(', ')}: ${evaluate(a, witness)} against ${evaluate(b, witness)}`
}

const noCounterexample = (a: Dim, b: Dim): string =>
  `nothing that is known of ${[...variablesOf(b, variablesOf(a)).keys()].join(' and ')} decides it`
