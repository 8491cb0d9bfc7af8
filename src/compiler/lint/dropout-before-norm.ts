import type { Fix } from '../diagnostics/diagnostics.ts'
import { factsOf } from '../facts/facts-of.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Modules } from '../reading/module.ts'
import { stepAt } from '../reading/written.ts'
import { textOf, userOrigin, type Origin } from '../text/source.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'

/**
 * Dropout right before a batch normalisation: in training the moving variance learns of maps with holes, and is used for maps
 * without (Li et al. 2019).
 */
export const dropoutBeforeNorm = nodeRule('lint/dropout-before-norm', (node, _uses, modules) => {
  if (node.kind !== 'op' || node.op !== 'batch_norm' || node.frozen) return undefined
  const before = operandOf(node, 'x')
  if (before?.kind !== 'op' || before.op !== 'dropout' || before.frozen || !factsOf(before).random) return 'fine'
  return {
    facts: {
      norm: calledOp(node.op, node.origins[0]),
      dropout: calledOp(before.op, before.origins[0]),
      rate: String(before.attributes['rate']),
    },
    details: {
      labels: [{ origin: before.origins[0], text: 'the variance is another in training from here on' }],
      fixes: exchanged(before.origins[0], node.origins[0], modules),
    },
  }
})

/** The normalisation first, where both are steps next to each other. */
function exchanged(dropout: Origin, norm: Origin, modules: Modules): readonly Fix[] {
  const [first, second] = [userOrigin(dropout).span, userOrigin(norm).span]
  const [one, next] = [stepAt(first, modules), stepAt(second, modules)]
  if (!one || next?.pipe !== one.pipe || next.index !== one.index + 1 || next.step.label) return []
  const edits = [{ span: first, text: textOf(second) }, { span: second, text: textOf(first) }]
  return [{ title: `normalise first: ${textOf(second)} |> ${textOf(first)}`, safety: 'unsafe', edits }]
}
