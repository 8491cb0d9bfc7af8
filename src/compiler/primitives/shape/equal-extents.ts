import { printCondition, type Condition } from '../../dim/condition.ts'
import { printDim } from '../../dim/print.ts'
import type { Extent } from '../../graph/graph.ts'
import { decided, type Axis } from './axis.ts'
import { unlessEqual } from './claim.ts'
import { problem, type Refused } from '../primitive.ts'

/** What to do about maps of different numbers of channels. */
const adviceOnChannels: readonly string[] = ['a 1x1 convolution brings a map to other channels; fuse.concat keeps both maps']

/** The refusal of two extents that have to be equal and are not, or not provably; undefined when they are. */
export function differ(op: string, axis: Axis, a: Extent, b: Extent, advice = adviceOnChannels): Refused | undefined {
  const labels = [decided(a, axis), decided(b, axis)]
  return unlessEqual({ op, axis: axis.name, a: a.dim, b: b.dim, labels }, () => {
    const sides = { op, a: printDim(a.dim), b: printDim(b.dim) }
    return axis.said === 'counted'
      ? problem('shape/channel-mismatch', sides, labels, advice)
      : problem('shape/size-mismatch', { ...sides, axis: axis.name }, labels)
  })
}

const distinct = (conditions: readonly Condition[]): readonly Condition[] => [
  ...new Map(conditions.map((one) => [printCondition(one), one])).values(),
]

/** Of several refusals the first, and what would settle all of them where only knowledge is missing. */
export function firstOf(refusals: readonly Refused[]): Refused | undefined {
  const [first] = refusals
  if (first?.problem.missing === undefined) return first
  const missing = refusals.flatMap((refusal) => refusal.problem.missing ?? [])
  return { problem: { ...first.problem, missing: distinct(missing) } }
}
