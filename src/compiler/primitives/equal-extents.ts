import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph.ts'
import { decided } from './axis.ts'
import { unlessEqual } from './claim.ts'
import { problem, type Refused } from './primitive.ts'

/** The refusal of two extents that have to be equal and are not, or not provably; undefined when they are. */
export function differ(op: string, axis: string, a: Extent, b: Extent): Refused | undefined {
  const labels = [decided(a, axis), decided(b, axis)]
  return unlessEqual({ op, axis, a: a.dim, b: b.dim, labels }, () => {
    const sides = { op, a: printDim(a.dim), b: printDim(b.dim) }
    return axis === 'channels'
      ? problem('shape/channel-mismatch', sides, labels)
      : problem('shape/size-mismatch', { ...sides, axis }, labels)
  })
}
