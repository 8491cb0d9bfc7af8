import type { Graph, OpNode } from '../../../compiler/graph/graph.ts'
import { operandOf } from '../../../compiler/graph/operand.ts'

/**
 * The convolutions and poolings of a model whose `same` pads otherwise than PyTorch, which pads all sides alike by half the window: more at the
 * end, where the stride leaves an odd number of rows or columns to pad, or fewer on both sides.
 */
export const unevenPaddings = ({ nodes }: Graph): readonly OpNode[] =>
  nodes.filter((node): node is OpNode => node.kind === 'op' && node.attributes['padding'] === 'same' && [0, 1].some((axis) => isUneven(node, axis)))

/** Along the height, axis 0, or the width. */
function isUneven(node: OpNode, axis: number): boolean {
  const { stride, dilation = [1, 1], size } = node.attributes
  const [step, spread, taps] = [numberAt(stride, axis), numberAt(dilation, axis), numberAt(size, axis) ?? extentAt(operandOf(node, 'kernel'), axis)]
  if (step === undefined || spread === undefined || taps === undefined) return false
  const window = (taps - 1) * spread + 1
  // an even window without a stride has no padding in PyTorch that gives as many places, but its own `same`, which is as here
  if (step === 1 || window === 1) return false
  if (node.op === 'conv2d_transpose') return window > step && (window - step) % 2 === 1
  const extent = extentAt(operandOf(node, 'x'), axis)
  // of those that are not known some are padded otherwise
  if (extent === undefined) return true
  const padded = Math.max(0, (Math.ceil(extent / step) - 1) * step + window - extent)
  return window % 2 === 0 ? padded % 2 === 1 : padded !== window - 1
}

function numberAt(list: OpNode['attributes'][string] | undefined, at: number): number | undefined {
  const value = Array.isArray(list) ? list[at] : undefined
  return typeof value === 'number' ? value : undefined
}

function extentAt(node: ReturnType<typeof operandOf>, axis: number): number | undefined {
  const dim = node?.type.shape[axis]?.dim
  return typeof dim === 'number' ? dim : undefined
}
