import type { Expr } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { printDim } from '../dim/print.ts'
import { givenList } from '../elaborate/given-values.ts'
import { textOf } from '../text/source.ts'
import { expressionAt } from './written.ts'
import type { Remedy } from './remedy.ts'

/** What may end a block that calls itself: the number that its calls count up, counted down. */
export const countDown: Remedy<'endless-recursion'> = ({ call: { name, span }, matched }, ctx) => {
  const call = ctx.frame?.name === name ? expressionAt(span, ctx) : undefined
  return {
    notes: [...matched].flatMap(([parameter, given]) =>
      givenList(given).flatMap(({ value }) => (value.kind === 'int' ? [`${parameter} is ${printDim(value.dim)} in that call`] : [])),
    ),
    fixes: call?.kind === 'call' ? call.args.flatMap(({ value }) => countedDown(value)) : [],
  }
}

function countedDown(expr: Expr): readonly Fix[] {
  if (expr.kind !== 'chain' || expr.first.kind !== 'name') return []
  const [step, ...others] = expr.rest
  if (step?.op !== '+' || step.value.kind !== 'number' || others.length > 0) return []
  const text = `${expr.first.name} - ${textOf(step.value.span)}`
  return [{ title: `count down: ${text}`, edits: [{ span: expr.span, text }] }]
}
