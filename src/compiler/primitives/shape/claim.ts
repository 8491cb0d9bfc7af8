import { evaluate, variablesOf, type Dim } from '../../dim/expr.ts'
import { printDim, printSizes } from '../../dim/print.ts'
import { atLeast, equal, integral, isGranted, type Verdict } from '../../dim/prove.ts'
import { problem, type Problem, type Refused } from '../primitive.ts'

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

/** The same for `a` being a whole number. */
export function unlessWhole({ op, axis, a, labels }: Omit<Claim, 'b'>, refuted: () => Refused): Refused | undefined {
  const verdict = integral(a)
  if (isGranted(verdict)) return undefined
  return verdict.kind === 'refuted'
    ? refuted()
    : unproved({ op, axis, labels }, `${printDim(a)} whole`, verdict, (witness) => String(evaluate(a, witness)), [a])
}

function settle(claim: Claim, relation: string, verdict: Verdict, refuted: () => Refused): Refused | undefined {
  if (isGranted(verdict)) return undefined
  if (verdict.kind === 'refuted') return refuted()
  const { a, b } = claim
  const against = (witness: Witness): string => `${evaluate(a, witness)} against ${evaluate(b, witness)}`
  return unproved(claim, `${printDim(a)} ${relation} ${printDim(b)}`, verdict, against, [a, b])
}

type Unknown = Extract<Verdict, { readonly kind: 'unknown' }>
type Witness = NonNullable<Unknown['witness']>

function unproved(
  { op, axis, labels }: Pick<Claim, 'op' | 'axis' | 'labels'>,
  claim: string,
  { witness, missing }: Unknown,
  at: (witness: Witness) => string,
  about: readonly Dim[],
): Refused {
  const doubt = witness ? `for ${printSizes(witness)}: ${at(witness)}` : `nothing that is known of ${namesIn(about)} decides it`
  return { problem: { ...problem('shape/not-provable', { op, axis, claim, doubt }, labels).problem, missing: missing() ?? [] } }
}

const namesIn = (dims: readonly Dim[]): string => [...new Set(dims.flatMap((dim) => [...variablesOf(dim).keys()]))].join(' and ')
