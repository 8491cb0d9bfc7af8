import type { Fix } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import { calledOp } from '../../elaborate/called-op.ts'
import { writingAll } from '../../fixes/writing.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { stepText } from '../../library/step-text.ts'
import type { Expr } from '../../syntax/ast.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { isSamePlace, textOf } from '../../text/source.ts'
import { asOperator, side } from '../failed-requirement/fusion-as-operator.ts'
import type { Meeting, Operand } from '../meeting.ts'

const [product, align] = ['fuse.mul', 'align'] as const satisfies readonly OpName[]

/** Whether tensors are multiplied. */
export const isProduct = (call: Expr): boolean =>
  call.kind === 'chain' ? call.rest.every(({ op }) => op === '*') : calleeName(call) === product

const sigmoids: ReadonlySet<string> = new Set(['sigmoid', 'hard_sigmoid'])

/** Numbers between 0 and 1. */
export const isSigmoid = ({ node }: Operand): boolean => node.kind === 'op' && sigmoids.has(calledOp(node.op, node.origins[0]))

const hasOneChannel = ({ node: { type } }: Operand): boolean => type.shape[2]?.dim === 1

/** Whether a map weighs another in a product: what it weighs stays as it is. */
export const isGate = (gate: Operand, map: Operand, call: Expr): boolean =>
  isProduct(call) && (isSigmoid(gate) ? !isSigmoid(map) : hasOneChannel(gate) && !hasOneChannel(map))

/** A gate of one channel in a fusion, which stretches nothing: brought to the size of the map, and written with the operator. */
export function stretchedGate(gate: Operand, map: Operand, call: Expr, like: string, ctx: Meeting['ctx']): readonly Fix[] {
  const isStretched = hasOneChannel(gate) && keyOf(map.node.type.shape[2]!.dim) !== keyOf(1)
  if (call.kind !== 'call' || !isGate(gate, map, call) || !isStretched) return []
  const step = stepText(align, [parameters.like, like])
  const edit = asOperator(call, ctx, (operand) =>
    isSamePlace(operand.span, gate.expr.span) ? `(${textOf(operand.span)} |> ${step})` : side(operand),
  )
  return edit ? [writingAll([edit])] : []
}
