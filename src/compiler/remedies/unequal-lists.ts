import type { Expr } from '../syntax/ast.ts'
import { writing } from '../fixes/writing.ts'
import { textOf } from '../text/source.ts'
import { expressionAt } from './written.ts'
import type { Remedy } from './remedy.ts'

/** `a + b` of lists, as other languages join them. */
export const listsJoined: Remedy<'unequal-lists'> = ({ op, written }, ctx) => {
  if (op !== '+') return {}
  const expr = expressionAt(written, ctx)
  const operands = expr?.kind === 'chain' && expr.rest.every((link) => link.op === '+') ? [expr.first, ...expr.rest.map(({ value }) => value)] : []
  return {
    notes: ['to join lists, spread them: [...a, ...b]'],
    fixes: operands.length > 0 ? [writing(`[${operands.map(elementsOf).join(', ')}]`, written)] : [],
  }
}

const elementsOf = (expr: Expr): string =>
  expr.kind === 'list' ? textOf(expr.span).slice(1, -1).trim() : `...${textOf(expr.span)}`
