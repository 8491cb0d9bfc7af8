import type { Expr } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { hasBatch, type OpNode } from '../graph/graph.ts'
import { textOf, type Origin } from '../text/source.ts'
import { parameters } from '../library/names.ts'
import { argumentOf } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { expressionAt } from '../reading/written.ts'
import { libraryCallOf, writtenCall } from '../library/library-call.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { signOf } from '../facts/sign.ts'

/**
 * A division by a map that is 0 somewhere for some inputs: one element of the result that is infinite or no number spoils the
 * gradient of every weight before it. Inputs and weights are trusted, and so is a constant that is added.
 */
export const divisionByPossibleZero = nodeRule('lint/division-by-possible-zero', (node, _uses, modules) => {
  const divisor = node.kind === 'op' && node.op === 'div' ? operandOf(node, 'b') : undefined
  if (!divisor || !hasBatch(divisor.type) || node.kind !== 'op') return undefined
  const sign = signOf(divisor)
  if (sign.kind !== 'not negative' && sign.kind !== 'either') return 'fine'
  const why = sign.kind === 'either' && sign.from.op !== 'sub' ? 'is of either sign' : 'can be 0'
  return {
    facts: { op: calledOp('/', node.origins[0]), source: calledOp(named(sign.from), sign.from.origins[0]), why },
    details: {
      labels: [{ origin: sign.from.origins[0], text: `what comes from here ${why}` }],
      fixes: sign.kind === 'not negative' ? kept(node.origins[0], modules) : [],
    },
  }
})

const named = ({ op }: OpNode): string => (op === 'sub' ? 'a difference' : op)

/** What keeps a divisor that is not negative from 0. */
const epsilon = '1e-5'

function kept(origin: Origin, modules: Modules): readonly Fix[] {
  const divisor = divisorOf(origin, modules)
  if (!divisor) return []
  const simple = ['name', 'call', 'member', 'index'].includes(divisor.kind)
  const raised = `${simple ? textOf(divisor.span) : `(${textOf(divisor.span)})`} + ${epsilon}`
  const text = origin.span.source.library ? raised : `(${raised})`
  return [{ title: `divide by ${raised}`, safety: 'unsafe', edits: [{ span: divisor.span, text }] }]
}

/** What stands behind the only `/` of an expression, or is written for the divisor in a call. */
function divisorOf(origin: Origin, modules: Modules): Expr | undefined {
  const call = libraryCallOf(origin)
  if (call) {
    const written = writtenCall(call, modules)
    return written && argumentOf(written, parameters.divisor)
  }
  const expr = expressionAt(origin.span, modules)
  const [link, ...others] = expr?.kind === 'chain' ? expr.rest : []
  return others.length === 0 && link?.op === '/' ? link.value : undefined
}
