import type { Expr } from '../syntax/ast.ts'
import { libraryCallsIn } from './text/calls-written.ts'
import { parameters, type OpName } from '../library/names.ts'
import { argumentOf, type WrittenCall } from '../library/written-call.ts'
import { textRule } from './rule.ts'
import { withoutStep } from '../fixes/without-step.ts'

/**
 * A call that gives back what it is given, whatever that is: its own arguments say so. Where an argument is no literal, another
 * setting may give it another value, and nothing is said.
 */
export const idleOp = textRule('lint/idle-op', (file, report, { modules }) => {
  for (const declaration of file.ast.declarations) {
    for (const call of libraryCallsIn(declaration, file, modules)) {
      const why = idle.get(call.op)?.(call)
      if (why === undefined) continue
      const edit = withoutStep(call.expr.span, modules)
      report(
        { op: call.op, why },
        { span: call.expr.span, frame: undefined },
        { fixes: edit ? [{ title: 'remove it', safety: 'unsafe', edits: [edit] }] : [] },
      )
    }
  }
})

/** Why a call changes nothing, where it does not. */
type Idle = (call: WrittenCall) => string | undefined

const pooling: Idle = (call) => {
  const stride = argumentOf(call, parameters.stride)
  return isAll(1, argumentOf(call, parameters.window)) && (!stride || isAll(1, stride))
    ? 'windows of one element at each place read what stands there'
    : undefined
}

const idle: ReadonlyMap<string, Idle> = new Map<OpName, Idle>([
  ['pool.max', pooling],
  ['pool.avg', pooling],
  ['resize', (call) => (isAll(1, argumentOf(call, parameters.factor)) ? 'the size stays as it is' : undefined)],
  ['pad', (call) => (isAll(0, argumentOf(call, parameters.pads)) ? 'no side gets anything' : undefined)],
  ['dropout', (call) => (isAll(0, argumentOf(call, parameters.dropped)) ? 'nothing is dropped' : undefined)],
  ['transpose', (call) => (isInOrder(argumentOf(call, parameters.order)) ? 'the axes stay in their order' : undefined)],
])

/** Whether an argument is written as one number, or as lists and sizes of nothing else. */
function isAll(value: number, expr: Expr | undefined): boolean {
  if (expr?.kind === 'number') return expr.value === value
  if (expr?.kind === 'size') return expr.values.every((one) => one === value)
  return (
    expr?.kind === 'list' &&
    expr.items.length > 0 &&
    expr.items.every((item) => item.kind === 'value' && isAll(value, item.value))
  )
}

const isInOrder = (expr: Expr | undefined): boolean =>
  expr?.kind === 'list' &&
  expr.items.length > 0 &&
  expr.items.every((item, axis) => item.kind === 'value' && isAll(axis, item.value))
