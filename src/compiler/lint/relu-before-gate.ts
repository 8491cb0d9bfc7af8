import { calledOp } from '../elaborate/called-op.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { hasBatch } from '../graph/graph.ts'
import { labelText } from '../text/label-text.ts'

/**
 * A sigmoid or softmax right behind a relu. The sigmoid of what is never negative is 0.5 at least, so that a gate never closes
 * and no class is ever unlikely; the softmax sees all negative logits as equal, and no gradient tells them apart.
 */
export const reluBeforeGate = nodeRule('lint/relu-before-gate', (node) => {
  if (node.kind !== 'op' || (node.op !== 'sigmoid' && node.op !== 'softmax') || !hasBatch(node.type)) return undefined
  const before = operandOf(node, 'x')
  if (before?.kind !== 'op' || before.op !== 'relu') return 'fine'
  const why = node.op === 'sigmoid' ? 'it gives 0.5 at least' : 'logits below 0 are all one'
  return {
    facts: { gate: calledOp(node.op, node.origins[0]), relu: calledOp(before.op, before.origins[0]), why },
    details: { labels: [{ origin: before.origins[0], ...labelText('nothing negative', 'comes from') }] },
  }
})
