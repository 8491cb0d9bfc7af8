import type { Node, OpNode } from '../graph/graph.ts'
import { printShape } from '../dim/print.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { saidHere } from '../text/said-here.ts'

/** A value minus its own mean, where the mean is of a single element: what a normalisation of one element computes is 0. */
export const normOfOne = nodeRule('lint/norm-of-one', (node) => {
  const mean = node.kind === 'op' && node.op === 'sub' ? meanOf(operandOf(node, 'b')) : undefined
  if (!mean || node.kind !== 'op') return undefined
  const x = operandOf(node, 'a')
  if (!x || x !== operandOf(mean, 'x')) return undefined
  const axes = mean.attributes['axes']
  const extents = Array.isArray(axes) ? axes.map((axis) => x.type.shape.at(Number(axis))) : []
  if (!extents.every((extent) => extent?.dim === 1)) return 'fine'
  return {
    facts: { op: calledOp(node.op, node.origins[0]), shape: printShape(x.type.shape) },
    details: { labels: extents.flatMap((extent) => (extent ? [{ origin: extent.origin, ...saidHere('1', 'decided') }] : [])) },
  }
})

function meanOf(node: Node | undefined): OpNode | undefined {
  return node?.kind === 'op' && node.op === 'reduce_axes' && node.attributes['how'] === 'mean' && node.attributes['keep'] === true
    ? node
    : undefined
}
