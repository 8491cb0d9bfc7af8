import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { textOf } from '../../text/source.ts'
import type { Operand } from '../meeting.ts'

/** A pipe step behind each of these operands, as one fix. */
export function stepsBehind(steps: readonly { readonly operand: Operand; readonly step: string }[]): readonly Fix[] {
  if (steps.length === 0) return []
  const written = steps.map(({ operand, step }) => `${textIn(operand)} |> ${step}`)
  return [{ title: `write ${written.join(', ')}`, safety: 'unsafe', edits: steps.flatMap(({ operand, step }) => edits(operand, step)) }]
}

/** What is written for an operand, as the head of a pipe. */
const textIn = ({ expr }: Operand): string => (expr.kind === 'choice' ? `(${textOf(expr.span)})` : textOf(expr.span))

function edits({ expr, infix }: Operand, step: string): readonly Edit[] {
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
