import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Context } from '../../elaborate/context.ts'
import { bindingAt } from '../../syntax/bindings.ts'
import type { Expr } from '../../syntax/ast.ts'
import { isSamePlace, textOf } from '../../text/source.ts'
import type { Operand } from '../meeting.ts'
import { surroundingsOf } from '../surroundings.ts'

/** A pipe step behind one of the tensors that meet. */
interface StepBehind {
  readonly operand: Operand
  readonly step: string
}

/**
 * A pipe step behind each of these operands, as one fix; where one of them is a value that is read in other places too, also behind
 * what makes it, for there the same mistake is likely to be made again.
 */
export function stepsBehind(steps: readonly StepBehind[], ctx: Context): readonly Fix[] {
  if (steps.length === 0) return []
  const made = steps.map((one) => ({ ...one, value: valueOf(one.operand, ctx) }))
  const written = (one: StepBehind): string => `${textIn(one.operand)} |> ${one.step}`
  const atMeeting: Fix = {
    title: `write ${steps.map(written).join(', ')}`,
    safety: 'unsafe',
    edits: steps.flatMap(({ operand, step }) => edits(operand, step)),
  }
  if (made.every(({ value }) => value === undefined)) return [atMeeting]
  const atValue: Fix = {
    title: `write ${made.map((one) => (one.value ? `|> ${one.step} where ${textOf(one.operand.expr.span)} is made` : written(one))).join(', ')}`,
    safety: 'unsafe',
    isWider: true,
    edits: made.flatMap(({ operand, step, value }) => edits(value ? { expr: value, infix: false } : operand, step)),
  }
  return [atMeeting, atValue]
}

/** What makes a value that is read in more places than this; undefined where it has no name, or several values have it. */
function valueOf({ expr }: Operand, ctx: Context): Expr | undefined {
  const file = ctx.run.modules.userFiles.find(({ source }) => source === expr.span.source)
  const binding = file && expr.kind === 'name' ? bindingAt(expr.span, file.ast) : undefined
  if (binding?.kind !== 'assigned' || binding.uses.length < 2 || binding.uses.some(({ how }) => how === 'written')) return undefined
  const statement = surroundingsOf(binding.span, ctx)?.statements.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  if (statement?.kind !== 'assign' || target?.kind !== 'name' || others.length > 0) return undefined
  return isSamePlace(target.span, binding.span) ? statement.value : undefined
}

/** What is written for an operand, as the head of a pipe. */
const textIn = ({ expr }: Operand): string => (expr.kind === 'choice' ? `(${textOf(expr.span)})` : textOf(expr.span))

function edits({ expr, infix }: Pick<Operand, 'expr' | 'infix'>, step: string): readonly Edit[] {
  const { span } = expr
  const before = { ...span, end: span.start }
  const behind = { ...span, start: span.end }
  const isEnclosed = expr.outer !== undefined
  if (expr.kind === 'choice') {
    const needsMore = infix && !isEnclosed
    return [{ span: before, text: needsMore ? '((' : '(' }, { span: behind, text: `) |> ${step}${needsMore ? ')' : ''}` }]
  }
  if (!infix || isEnclosed) return [{ span: behind, text: ` |> ${step}` }]
  return [{ span: before, text: '(' }, { span: behind, text: ` |> ${step})` }]
}
