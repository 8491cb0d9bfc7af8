import { calledOp } from '../elaborate/called-op.ts'
import type { OpName } from '../library/names.ts'
import { expressionAt } from '../reading/written.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { signOf } from '../facts/sign.ts'
import { withoutStep } from '../fixes/without-step.ts'
import { labelText } from '../text/label-text.ts'

const relu: OpName = 'relu'

/** A relu of what is never negative: it changes nothing, and another activation was most likely meant to stand there, or none. */
export const idleRelu = nodeRule('lint/idle-relu', (node, _uses, modules) => {
  // under another name it is one of several activations that a block was given
  const written =
    node.kind === 'op' && node.op === relu && calleeName(expressionAt(node.origins[0].span, modules)) === relu
  if (!written) return undefined
  const before = operandOf(node, 'x')
  if (before?.kind !== 'op') return 'fine'
  const sign = signOf(before)
  if (sign.kind !== 'positive' && sign.kind !== 'not negative') return 'fine'
  const from = sign.kind === 'positive' ? before : sign.from
  const edit = withoutStep(node.origins[0].span, modules)
  return {
    facts: { source: calledOp(from.op, from.origins[0]) },
    details: {
      labels: [{ origin: from.origins[0], ...labelText('nothing negative', 'comes from') }],
      fixes: edit ? [{ title: 'remove it', safety: 'unsafe', edits: [edit] }] : [],
    },
  }
})
