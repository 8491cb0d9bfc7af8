import type { Advice, Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import type { OpName } from '../library/names.ts'
import { stepAt } from '../reading/written.ts'
import type { Expr } from '../syntax/ast.ts'
import { textOf, type Span } from '../text/source.ts'
import { callAt, isBesideOperator } from './written.ts'

const learned: OpName = 'weight.learned'

/** The product of a map with weights that the model computes, for the op that trains weights of its own: `x |> weight.learned(v)`. */
export function productWith(op: string, weights: Span, at: Span, ctx: Context): Advice | undefined {
  if (op !== learned) return undefined
  const { pipe, index = 0 } = stepAt(at, ctx.run.modules) ?? {}
  const step = pipe?.steps[index - 1]
  const before = step?.label ?? step?.value
  const map = pipe ? (before ? `(${textOf({ ...pipe.head.span, end: before.span.end })})` : operand(pipe.head)) : firstOperand(at, ctx)
  if (map === undefined) return undefined
  const span = pipe ? { ...pipe.head.span, end: at.end } : at
  const text = `${map} * ${textOf(weights)}`
  const isWhole = !pipe || (index === pipe.steps.length - 1 && !pipe.steps[index]?.label)
  return {
    notes: [`${op} trains weights of its own; weights that the model computes are multiplied: ${text}`],
    fixes: isWhole ? [writing(isBesideOperator(pipe?.span ?? at, ctx) ? `(${text})` : text, span)] : [],
  }
}

function firstOperand(at: Span, ctx: Context): string | undefined {
  const [first] = callAt(at, ctx)?.args ?? []
  return first?.kind === 'positional' ? operand(first.value) : undefined
}

const operand = ({ kind, span }: Expr): string => (kind === 'name' || kind === 'call' || kind === 'index' ? textOf(span) : `(${textOf(span)})`)
