import { calledOp } from '../elaborate/called-op.ts'
import { tapsOf } from './graph/taps.ts'
import { nodeRule } from './rule.ts'

/**
 * Windows that stand farther apart than they are wide: the rows or columns between them are read by none. A window of one row or
 * column that is moved by more thins a map out on purpose, as the shortcuts of residual networks do, and dilated ones reach
 * between each other.
 */
export const skippedPlaces = nodeRule('lint/skipped-places', (node) => {
  const windows = node.kind === 'op' ? tapsOf(node) : []
  if (windows.length === 0 || node.kind !== 'op') return undefined
  const skipping = windows.filter(({ size, stride, dilation }) => size > 1 && dilation === 1 && stride > size)
  const [first] = skipping
  if (!first) return 'fine'
  const { size, stride } = first
  const number = stride - size
  const axes = skipping.map(({ axis }) => `${['row', 'column'][axis]!}${number === 1 ? '' : 's'}`).join(' and ')
  return {
    facts: { op: calledOp(node.op, node.origins[0]), size: String(size), stride: String(stride), skipped: `${number} ${axes}` },
  }
})
