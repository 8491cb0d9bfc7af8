import { calledOp } from '../elaborate/called-op.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'

/**
 * A batch normalisation of what one has just normalised: the second takes the scale and the offset of the first out again. A
 * frozen one does not normalise by the batch, and brings trained maps to a known scale.
 */
export const normTwice = nodeRule('lint/norm-twice', (node) => {
  if (node.kind !== 'op' || node.op !== 'batch_norm' || node.frozen) return undefined
  const before = operandOf(node, 'x')
  if (before?.kind !== 'op' || before.op !== 'batch_norm' || before.frozen) return 'fine'
  return {
    facts: { norm: calledOp(node.op, node.origins[0]) },
    details: { labels: [{ origin: before.origins[0], text: 'normalised here already' }] },
  }
})
