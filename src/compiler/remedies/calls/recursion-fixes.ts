import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { textOf } from '../../text/source.ts'
import type { Call } from '../../elaborate/call.ts'
import type { Context } from '../../elaborate/context.ts'

/** What may end a block that calls itself: the number that its calls count up, counted down. */
export function recursionFixes({ name, span }: Call, ctx: Context): readonly Fix[] {
  if (ctx.frame?.name !== name || span.source.library) return []
  const call = ctx.run.modules.expressionAt(span)
  return (call.kind === 'call' ? call.args : []).flatMap(({ value }) => countedDown(value))
}

function countedDown(expr: Expr): readonly Fix[] {
  if (expr.kind !== 'chain' || expr.first.kind !== 'name') return []
  const [step, ...others] = expr.rest
  if (step?.op !== '+' || step.value.kind !== 'number' || others.length > 0) return []
  const text = `${expr.first.name} - ${textOf(step.value.span)}`
  return [{ title: `count down: ${text}`, edits: [{ span: expr.span, text }] }]
}
