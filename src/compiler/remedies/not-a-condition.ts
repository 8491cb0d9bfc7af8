import type { Expr } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { writing } from '../fixes/writing.ts'

type Choice = Expr & { readonly kind: 'choice' }

/** What is meant by a number or a list as a condition: that it is not 0, or not empty; a tensor weighs both sides of a choice. */
export const conditionMeant: Remedy<'not-a-condition'> = ({ value, condition, choice }) => {
  const { span } = condition
  const notes = value.kind === 'tensor' ? [noteOnTensors] : []
  if (span.source.library) return { notes }
  if (value.kind === 'tensor') return { notes, fixes: choice ? [weighing(choice)] : [] }
  if (!plain.has(condition.kind)) return {}
  const written = textOf(span)
  if (value.kind === 'int' || value.kind === 'float') return { fixes: [writing(`${written} != 0`, span)] }
  return value.kind === 'list' ? { fixes: [writing(`${written}.length > 0`, span)] } : {}
}

const noteOnTensors =
  'conditions are decided when the model is compiled; to choose for each element, weigh: m * a + (1 - m) * b with m = x > 0.5'

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
