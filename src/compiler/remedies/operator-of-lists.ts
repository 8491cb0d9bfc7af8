import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Expr } from '../syntax/ast.ts'
import { writing } from '../fixes/writing.ts'
import { isSamePlace, textOf } from '../text/source.ts'
import type { Value, Written } from '../elaborate/value.ts'
import type { Causes, Context } from '../elaborate/context.ts'
import { asArguments } from './list-of-tensors.ts'
import { expressionAt } from './written.ts'
import type { Remedy } from './remedy.ts'

/** Lists are joined and repeated where other languages write `a + b` and `[x] * 3`; anything else is done to each element. */
export const listsMeant: Remedy<'operator-of-lists'> = (cause, ctx) => {
  const { op, left, right } = cause
  if (op === '+') return { notes: ['to join lists, spread them: [...a, ...b]'], fixes: joined(cause, ctx) }
  const both = left.value.kind === 'list' && right.value.kind === 'list'
  const [count] = [left.value, right.value].filter(({ kind }) => kind === 'int')
  if (op === '*' && count && left.span.start !== right.span.start)
    return { notes: ['to repeat an element, write [for i in range(3): x]; to compute with each, [for x in list: 2 * x]'] }
  return { notes: [both ? `to compute with the elements of two lists, write [for [a, b] in zip(…, …): a ${op} b]` : 'to compute with each element, write [for x in list: …]'] }
}

/** The elements of all operands of a sum in one list. */
function joined({ left, right, written }: Causes['operator-of-lists'], ctx: Context): readonly Fix[] {
  const expr = expressionAt(written, ctx)
  if (expr?.kind !== 'chain' || expr.rest.some(({ op }) => op !== '+')) return []
  const operands = [expr.first, ...expr.rest.map(({ value }) => value)]
  return [writing(`[${operands.map((operand) => elementsOf(operand, [left, right], ctx)).filter((text) => text !== '').join(', ')}]`, written)]
}

function elementsOf(expr: Expr, known: readonly Written[], ctx: Context): string {
  const value = known.find(({ span }) => isSamePlace(span, expr.span))?.value ?? (expr.kind === 'name' ? ctx.scope.get(expr.name) : undefined)
  return isOne(value) ? textOf(expr.outer ?? expr.span) : asArguments(expr)
}

const isOne = (value: Value | undefined): boolean => value?.kind === 'tensor' || value?.kind === 'block'
