import type { CallExpr, Expr, PipeExpr, Statement } from '../../syntax/ast.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { isSamePlace, textOf, userOrigin, type Span } from '../../text/source.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { writingAll } from '../../fixes/writing.ts'
import { operatorOf } from '../../library/operator-of.ts'
import { stepAt } from '../../reading/written.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { expressionsOf } from '../../syntax/expressions-of.ts'
import { namesIn } from '../../syntax/names-in.ts'
import { surroundingsOf } from '../surroundings.ts'
import { callAt, callAround, isBesideOperator } from '../written.ts'

/** A fusion that is written with an operator. */
interface Rewritten {
  readonly span: Span
  readonly text: string
  readonly operator: string
  /** What leads to it through a pipe, and how many of its steps are in it. */
  readonly pipe?: { readonly expr: PipeExpr; readonly steps: number }
}

/**
 * A fusion of two maps, one of which would be stretched, written as the operator that does so; with those behind it that would
 * stretch numbers for the channels: `x * (1 + gamma) + beta`.
 */
export function stretchFixes(ctx: Context): readonly Fix[] {
  const at = ctx.frame && userOrigin(originAt(ctx, ctx.frame.call)).span
  const call = at && ctx.entry ? callAt(at, ctx) : undefined
  if (!call || !ctx.entry) return []
  const written = rewrittenAll(call, ctx.entry.ctx)
  const edits = written.map((one) => editOf(one, ctx))
  return edits.length > 0 ? [writingAll(edits)] : []
}

const editOf = ({ span, text }: Rewritten, ctx: Context): Edit => ({ span, text: isBesideOperator(span, ctx) ? `(${text})` : text })

/** A fusion of two written with its operator; `sideOf` says how an operand stands beside it. */
export function asOperator(call: CallExpr, ctx: Context, sideOf: (operand: Expr) => string = side): Edit | undefined {
  const written = rewritten(call, ctx, sideOf)
  return written && editOf(written, ctx)
}

/** A fusion with those around it, and those of the value that it is assigned to. */
function rewrittenAll(call: CallExpr, ctx: Context): readonly Rewritten[] {
  const first = rewritten(call, ctx)
  const whole = first && withOuter(first, ctx)
  if (!whole) return []
  const { body, statements } = surroundingsOf(whole.span, ctx) ?? { body: [], statements: [] }
  const own = statements.at(-1)
  const [target] = own?.kind === 'assign' ? own.targets : []
  if (own?.kind !== 'assign' || target?.kind !== 'name' || !isSamePlace(own.value.span, whole.span)) return [whole]
  const later = body.filter(({ span }) => span.start > own.span.end).flatMap((statement) => fusionOf(target.name, statement, ctx) ?? [])
  return [whole, ...later.slice(0, 1).flatMap((fusion) => rewrittenAll(fusion, ctx))]
}

/** The call in which a statement would stretch numbers for the channels to a map of that name. */
function fusionOf(name: string, statement: Statement, ctx: Context): CallExpr | undefined {
  const [value] = expressionsOf(statement).slice(-1)
  const [map, other] = value?.kind === 'call' ? value.args : []
  const isOfIt = map?.value.kind === 'name' && map.value.name === name
  return value?.kind === 'call' && operatorOf.has(calleeName(value) ?? '') && isOfIt && isVector(other?.value, ctx) ? value : undefined
}

/** A call of two operands; in a pipe the first is what stands before it. */
function rewritten(call: CallExpr, ctx: Context, sideOf: (operand: Expr) => string = side): Rewritten | undefined {
  const operator = operatorOf.get(calleeName(call) ?? '')
  const operands = call.args.flatMap((arg) => (arg.kind === 'positional' && arg.value.kind !== 'hole' ? [arg.value] : []))
  if (operator === undefined || operands.length !== call.args.length) return undefined
  const [left, right] = operands
  const { pipe, index = 0 } = stepAt(call.span, ctx.run.modules) ?? {}
  if (!pipe) return left && right && operands.length === 2 ? { span: call.span, text: `${sideOf(left)} ${operator} ${sideOf(right)}`, operator } : undefined
  if (!left || right || pipe.steps[index]?.label) return undefined
  const before = pipe.steps[index - 1]?.label ?? pipe.steps[index - 1]?.value
  const span = { ...pipe.head.span, end: call.span.end }
  const head = before ? `(${textOf({ ...span, end: before.span.end })})` : sideOf(pipe.head)
  return { span, text: `${head} ${operator} ${sideOf(left)}`, operator, pipe: { expr: pipe, steps: index + 1 } }
}

function withOuter(inner: Rewritten, ctx: Context): Rewritten {
  const next = inner.pipe?.expr.steps[inner.pipe.steps]
  const call = inner.pipe ? next?.value : callAround(inner.span, ctx)
  const operator = operatorOf.get(calleeName(call) ?? '')
  if (call?.kind !== 'call' || operator === undefined || next?.label) return inner
  const operands = call.args.map(({ value }) => value)
  const other = operands.find(({ span }) => !isSamePlace(span, inner.span))
  if (!other || operands.length !== (inner.pipe ? 1 : 2) || !isVector(other, ctx)) return inner
  const isFirst = inner.pipe !== undefined || operands[1] === other
  const text = isFirst ? `${asLeft(inner, operator)} ${operator} ${side(other)}` : `${side(other)} ${operator} (${inner.text})`
  const span = inner.pipe ? { ...inner.span, end: call.span.end } : call.span
  const pipe = inner.pipe ? { pipe: { expr: inner.pipe.expr, steps: inner.pipe.steps + 1 } } : {}
  return withOuter({ span, text, operator, ...pipe }, ctx)
}

const isProduct = (operator: string): boolean => operator === '*' || operator === '/'

const asLeft = ({ text, operator }: Rewritten, outer: string): string => (isProduct(outer) && !isProduct(operator) ? `(${text})` : text)

/** How an operand stands beside an operator. */
export const side = ({ kind, span }: Expr): string => (kind === 'name' || kind === 'call' || kind === 'number' ? textOf(span) : `(${textOf(span)})`)

/** Whether an operand is one number for each channel, or a sum or product of such. */
function isVector(expr: Expr | undefined, { scope }: Context): boolean {
  const values = expr ? namesIn(expr).map(({ name }) => scope.get(name)) : []
  const ranks = values.map((value) => (value?.kind === 'tensor' ? value.node.type.shape.length : value?.kind === 'int' || value?.kind === 'float' ? 0 : Infinity))
  return ranks.length > 0 && Math.max(...ranks) === 1
}
