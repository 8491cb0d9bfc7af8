import type { Node } from '../graph/graph.ts'
import { printShape } from '../dim/print.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { factsOf } from '../facts/facts-of.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { labelText } from '../text/label-text.ts'

/** A value minus its own mean, where the mean is of a single element: what a normalisation of one element computes is 0. */
export const normOfOne = nodeRule('lint/norm-of-one', (node) => {
  if (node.kind !== 'op' || node.op !== 'sub') return undefined
  const [x, mean] = [operandOf(node, 'a'), operandOf(node, 'b')]
  const axes = x && mean && axesOfMean(x, mean)
  if (!axes) return undefined
  const extents = axes.map((axis) => x.type.shape[axis]!)
  if (!extents.every((extent) => extent.dim === 1)) return 'fine'
  return {
    facts: { op: calledOp(node.op, node.origins[0]), shape: printShape(x.type.shape) },
    details: { labels: extents.map((extent) => ({ origin: extent.origin, ...labelText('1', 'decided') })) },
  }
})

/** The axes over which a value is the mean of another, whose rank it keeps. */
function axesOfMean(x: Node, mean: Node): readonly number[] | undefined {
  const { averages } = factsOf(mean)
  const isOfX = averages && mean.kind === 'op' && operandOf(mean, averages.of) === x
  return isOfX && mean.type.shape.length === x.type.shape.length ? averages.axes : undefined
}
