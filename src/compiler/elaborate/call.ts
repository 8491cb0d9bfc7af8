import type { CallExpr, Expr, Identifier } from '../syntax/ast.ts'
import { outerSpan } from '../syntax/outer-span.ts'
import type { Span } from '../text/source.ts'
import { collect, combine, fillHoles, holesIn, match } from './arguments.ts'
import { callBlock } from './call-block.ts'
import { callBuiltin } from './call-builtin.ts'
import { callFunction } from './call-function.ts'
import { callModel } from './call-model.ts'
import { callPrimitive } from './call-primitive.ts'
import { calledOp } from './called-op.ts'
import { fail, originAt, type Context } from './context.ts'
import { enums } from './enums.ts'
import { evaluate } from './evaluate.ts'
import { formalsOf } from './formals.ts'
import { reportIdleLabel, reportLabelOf } from './reports/idle-label.ts'
import { familyOf } from './names.ts'
import {
  describe,
  failed,
  isSilent,
  silenced,
  unknown,
  type BlockValue,
  type Value,
  type Collected,
  type Given,
} from './value.ts'
import type { Call } from './call-site.ts'
import { labelText } from '../text/label-text.ts'

/** A call as written; `piped` is the value a pipe passes as first argument or at the hole. */
export function callExpression(expr: CallExpr, piped: Given | undefined, label: Identifier | undefined, ctx: Context): Value {
  const origin = originAt(ctx, expr.span)
  const callee = evaluate(expr.callee, ctx)
  if (callee.kind !== 'block') {
    // a word of any enum may be what a callee takes of which nothing is known
    const words = isSilent(callee) ? [...enums.values()].flat() : undefined
    for (const arg of expr.args) if (arg.value.kind !== 'hole') evaluate(arg.value, ctx, words)
    return silenced([callee], origin) ?? notCallable(callee, expr.callee, ctx)
  }
  const pipesFirst = piped !== undefined && !expr.args.some((arg) => arg.value.kind === 'hole')
  const written = collect(expr.args, callee, pipesFirst ? 1 : 0, ctx)
  const args = piped ? takePiped(written, piped, expr, ctx) : written
  if (!args) return failed(origin)
  if (holesIn(args) === 0) return callValue(callee, expr.callee, args, label, expr.span, ctx)
  if (label) reportIdleLabel(label, outerSpan(expr), 'a call with a hole makes none before the hole is filled', ctx)
  const given = combine(callee, args, expr.span, ctx)
  return given ? { ...callee, given, origin } : failed(origin)
}

function takePiped(args: Collected, piped: Given, expr: CallExpr, ctx: Context): Collected | undefined {
  const broken = args.broken || (piped.value !== 'hole' && piped.value.kind === 'error')
  const holes = holesIn(args)
  if (holes === 0) return { ...args, positional: [piped, ...args.positional], broken }
  if (holes === 1) return { ...fillHoles(args, [piped]), broken }
  fail(ctx, 'call/several-holes', { holes: String(holes) }, expr.span, {
    cause: { kind: 'several-holes', call: expr },
  })
  return undefined
}

/** Calls a value with arguments that have no holes; reports what cannot be called. */
export function callValue(
  callee: Value,
  written: Expr,
  given: Collected,
  label: Identifier | undefined,
  span: Span,
  ctx: Context,
): Value {
  const silent = silenced([callee], originAt(ctx, span))
  if (silent) return silent
  if (callee.kind !== 'block') return notCallable(callee, written, ctx)
  const args = combine(callee, given, span, ctx)
  if (!args) return failed(originAt(ctx, span))
  const hole = [...args.named].find(([, given]) => given.value === 'hole')?.[0]
  if (holesIn(args) > 0) {
    const facts = { op: callee.name, argument: hole ?? 'at the hole', wanted: 'its hole was not filled' }
    return fail(ctx, 'call/missing-argument', facts, span, { labels: [{ origin: callee.origin, text: 'the hole is here' }] })
  }
  if (label) reportLabelOf(callee, written, label, span, ctx)
  const op = calledOp(callee.name, originAt(ctx, span))
  const call: Call = {
    name: callee.name,
    op,
    segment: segmentOf(written, callee, ctx),
    label: callee.layer ? callee.layer.label : label?.name,
    span,
  }
  const inner = insideCallee(callee, ctx)
  ctx.run.limiter.step(originAt(ctx, span))
  const matched = match(op, formalsOf(callee.target), args, span, inner)
  if (!matched || args.broken) return failed(originAt(ctx, span))
  if (args.open) return unknown(originAt(ctx, span))
  switch (callee.target.kind) {
    case 'block':
      return callBlock(callee.target, call, matched, inner)
    case 'model':
      return callModel(callee.target, call, matched, inner)
    case 'function':
      return callFunction(callee.target, call, matched, inner)
    case 'primitive':
      return callPrimitive(callee.target.primitive, call, matched, inner)
    case 'builtin':
      return callBuiltin(callee.target.builtin, call, matched, inner)
  }
}

/** A layer keeps its own path and weights wherever it is used; a frozen block freezes what it makes. */
function insideCallee(callee: BlockValue, ctx: Context): Context {
  const frozen = ctx.frozen || callee.frozen
  if (!callee.layer) return { ...ctx, frozen }
  return { ...ctx, frozen, layer: callee.layer.weights, path: callee.layer.path.anew() }
}

/** The op as the call names it: the family of a family's op, the name of a parameter, block or import. */
function segmentOf(written: Expr, callee: BlockValue, ctx: Context): string {
  if (callee.layer) return callee.family ?? callee.name
  if (written.kind === 'call') return segmentOf(written.callee, callee, ctx)
  if (written.kind === 'member') return familyOf(written.of, ctx) ?? callee.name
  return written.kind === 'name' ? written.name : (callee.family ?? callee.name)
}

const notCallable = (value: Value, written: Expr, ctx: Context): Value =>
  fail(ctx, 'call/not-callable', { found: describe(value) }, written.span, {
    labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    cause: { kind: 'not-callable', value },
  })
