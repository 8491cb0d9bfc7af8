import { calledOp } from '../elaborate/called-op.ts'
import { factsOf } from '../facts/facts-of.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { tapsOf, tapsOnPadding } from './graph/taps.ts'
import { labelText } from '../text/label-text.ts'

/**
 * Rows or columns of a kernel that never meet the map: wherever a window stands they lie on padding, which is 0, so that they
 * change nothing and get no gradient. A window dilated beyond the map is the known case (Chen et al. 2017, section 3.3). Sizes
 * that are known only later are left alone.
 */
export const weightsOnPadding = nodeRule('lint/weights-on-padding', (node) => {
  const { kernel: isWeighed, windows: isMoved } = factsOf(node)
  if (node.kind !== 'op' || !isWeighed || !isMoved) return undefined
  const windows = tapsOf(node)
  const onPadding = windows.map((window) => tapsOnPadding(node, window))
  if (windows.length === 0 || onPadding.includes(undefined)) return 'fine'
  const unread = onPadding.map((taps) => taps?.length ?? 0)
  const at = unread.findIndex((count) => count > 0)
  if (at < 0) return 'fine'
  const [rows, columns] = windows.map(({ size }) => size) as [number, number]
  const met = (rows - unread[0]!) * (columns - unread[1]!)
  const extent = operandOf(node, 'x')?.type.shape[at]
  const axis = ['height', 'width'][at]!
  const { dilation } = windows[at]!
  return {
    facts: {
      op: calledOp(node.op, node.origins[0]),
      unread: String(rows * columns - met),
      taps: `${rows * columns}`,
      kernel: `${rows}x${columns}${dilation > 1 ? ` with dilation ${dilation}` : ''}`,
      extent: `${axis} ${String(extent?.dim)}`,
    },
    details: { labels: extent ? [{ origin: extent.origin, ...labelText(`${axis} ${String(extent.dim)}`, 'decided') }] : [] },
  }
})
