import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { writingAll } from '../../fixes/writing.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { stepText } from '../../library/step-text.ts'
import type { Expr } from '../../syntax/ast.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import type { Meeting, Operand } from '../meeting.ts'
import { surroundingsOf } from '../surroundings.ts'
import { callsIn } from '../written-reshapes.ts'

const [concat, crop] = ['fuse.concat', 'crop'] as const satisfies readonly OpName[]

/** The skips of all levels of a network without padding, cut to what each is joined with: one alone leaves the next to be found. */
export function croppedSkips(call: Expr, skip: Operand, other: Operand, ctx: Meeting['ctx']): readonly Fix[] {
  const order = orderIn(call, skip, other)
  if (calleeName(call) !== concat || !order) return []
  const calls = callsIn(surroundingsOf(call.span, ctx)?.body ?? []).filter((one) => calleeName(one) === concat)
  const edits = calls.map((one): Edit | undefined => {
    const [kept, like] = order.map((index) => operandAt(one, index))
    return kept?.kind === 'name' && like?.kind === 'name' ? { span: kept.span, text: `${kept.name} |> ${stepText(crop, [parameters.like, like.name])}` } : undefined
  })
  const all = edits.filter((edit) => edit !== undefined)
  return all.length > 1 && all.length === calls.length ? [writingAll(all)] : []
}

/** Where the skip stands among two operands, and the other. */
function orderIn(call: Expr, skip: Operand, other: Operand): readonly [number, number] | undefined {
  const places = [skip, other].map(({ expr }) => [0, 1].find((index) => operandAt(call, index)?.span.start === expr.span.start))
  const [first, second] = places
  return first === undefined || second === undefined ? undefined : [first, second]
}

function operandAt(call: Expr, index: number): Expr | undefined {
  const arg = call.kind === 'call' && call.args.length === 2 ? call.args[index] : undefined
  return arg?.kind === 'positional' ? arg.value : undefined
}
