import { calledOp } from '../elaborate/called-op.ts'
import { textOf } from '../text/source.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { signOf } from '../facts/sign.ts'
import { withoutStep } from './step.ts'
import { saidHere } from '../text/said-here.ts'

/** A relu of what is never negative: it changes nothing, and another activation was most likely meant to stand there, or none. */
export const idleRelu = nodeRule('lint/idle-relu', (node) => {
  // under another name it is one of several activations that a block was given
  const written =
    node.kind === 'op' && node.op === 'relu' && /^relu\b/.test(textOf(node.origins[0].span)) && !node.origins[0].span.source.library
  if (!written) return undefined
  const before = operandOf(node, 'x')
  if (before?.kind !== 'op') return 'fine'
  const sign = signOf(before)
  if (sign.kind !== 'positive' && sign.kind !== 'not negative') return 'fine'
  const from = sign.kind === 'positive' ? before : sign.from
  const edit = withoutStep(node.origins[0].span)
  return {
    facts: { source: calledOp(from.op, from.origins[0]) },
    details: {
      labels: [{ origin: from.origins[0], ...saidHere('nothing negative', 'comes from') }],
      fixes: edit ? [{ title: 'remove it', edits: [edit] }] : [],
    },
  }
})
