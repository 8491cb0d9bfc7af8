import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { textOf } from '../../text/source.ts'
import type { Value } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'

type Choice = Expr & { readonly kind: 'choice' }

/** What is meant by a number or a list as a condition: that it is not 0, or not empty; a tensor weighs both sides of a choice. */
export function conditionFixes(value: Value, expr: Expr, choice: Choice | undefined): readonly Fix[] {
  if (expr.span.source.library) return []
  if (value.kind === 'tensor') return choice ? [weighing(choice)] : []
  if (!plain.has(expr.kind)) return []
  const written = textOf(expr.span)
  if (value.kind === 'int' || value.kind === 'float') return [writing(`${written} != 0`, expr.span)]
  return value.kind === 'list' ? [writing(`${written}.length > 0`, expr.span)] : []
}

/** `if m then a else b` of tensors, computed for each element: `m * a + (1 - m) * b`. */
function weighing({ condition, consequent, alternative, span }: Choice): Fix {
  const mask = operand(condition)
  const sum = `${mask} * ${operand(consequent)} + (1 - ${mask}) * ${operand(alternative)}`
  const isAlone = /(?:[=(,:[]|\breturn)\s*$/.test(span.source.text.slice(0, span.start))
  return writing(isAlone ? sum : `(${sum})`, span)
}

const operand = (expr: Expr): string => (plain.has(expr.kind) ? textOf(expr.span) : `(${textOf(expr.span)})`)

/** What needs no parentheses beside an operator. */
const plain: ReadonlySet<Expr['kind']> = new Set(['name', 'number', 'call', 'member', 'index'])
