import type { Dim } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import { atLeast } from '../../dim/prove.ts'
import { outOfRange } from './argument-range.ts'
import { unlessWhole } from './claim.ts'
import { blaming, problem, type Refused } from '../primitive.ts'

/**
 * The refusal of extents that a call gives and that are not whole numbers, of at least `least` where it is given; undefined when
 * they are. Whether a symbolic one is large enough is checked before a run, so only its being too small for every input is
 * refused.
 */
export function notWhole(op: string, parameter: string, dims: readonly Dim[], least?: number): Refused | undefined {
  const wanted = least === undefined ? 'a whole number' : `a whole number of at least ${least}`
  for (const dim of dims) {
    const number = typeof dim === 'number' ? dim : undefined
    const wrong = (): Refused =>
      blaming({ parameter, number }, problem('shape/argument-range', { op, parameter, wanted, value: printDim(dim) }))
    const refused = unlessWhole({ op, axis: parameter, a: dim, labels: [] }, wrong)
    if (refused) return refused
    if (least !== undefined && atLeast(dim, least).kind === 'refuted') return wrong()
  }
  return undefined
}

/** The refusal of a list that has another length than there are axes; undefined when it fits. */
export const wrongLength = (op: string, parameter: string, list: readonly unknown[], length: number): Refused | undefined =>
  outOfRange(op, parameter, `a list of ${length}, one for each axis`, `${list.length} values`, list.length === length)
