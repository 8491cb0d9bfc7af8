import { hasBatch } from '../graph/graph.ts'
import type { OpName } from '../library/names.ts'
import type { Remedy } from './remedy.ts'

const convex: OpName = 'fuse.convex'

/** One weight for each map of a sum. */
export const convexSum: Remedy<'index-out-of-range'> = ({ value }) =>
  value.kind === 'tensor' && value.node.type.shape.length === 1 && !hasBatch(value.node.type)
    ? { notes: [`a sum of maps by trained weights is ${convex}(a, b), which has a weight for each map`] }
    : {}
