import type { Expr, Identifier, Item, ListExpr, Subscript } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import { arithmetic } from './arithmetic.ts'
import { placeKey } from './assumptions.ts'
import { callExpression, callValue } from './call.ts'
import { compare, isTrue } from './compare.ts'
import { fail, originAt, Scope, tellName, tellValue, unheard, type Context } from './context.ts'
import { indexed, type Part } from './indexing.ts'
import { memberOf } from './member.ts'
import { resolveName } from './names.ts'
import { openComprehension } from './open-scope.ts'
import { withoutSegment } from './path.ts'
import { bindPattern } from './pattern.ts'
import { hasCalls, reportIdleLabel } from './reports/idle-label.ts'
import {
  bool,
  describe,
  failed,
  float,
  int,
  isSilent,
  list,
  printValue,
  silenced,
  unknown,
  type Value,
  type Written,
} from './value.ts'
import { outerSpan } from '../syntax/outer-span.ts'
import { labelText } from '../text/label-text.ts'

/** What an expression means here. `words` are the members of the enum that is wanted, if one is: they win over scope. */
export function evaluate(expr: Expr, ctx: Context, words?: readonly string[]): Value {
  const value = valueOf(expr, ctx, words)
  tellValue(expr, value, ctx)
  return value
}

function valueOf(expr: Expr, ctx: Context, words: readonly string[] | undefined): Value {
  const origin = originAt(ctx, expr.span)
  switch (expr.kind) {
    case 'number':
      if (expr.float) return float(expr.value, origin)
      return Number.isSafeInteger(expr.value)
        ? int(numberAssumed(expr.span, ctx) ?? expr.value, origin)
        : fail(ctx, 'value/too-large', {}, expr.span)
    case 'size':
      return list(
        expr.values.map((value) => int(value, origin)),
        origin,
      )
    case 'text':
      return interpolate(expr, ctx)
    case 'bool':
      return bool(expr.value, origin)
    case 'none':
      return { kind: 'none', origin }
    case 'hole':
      return fail(ctx, 'call/hole-outside-call', {}, expr.span, { cause: { kind: 'hole-alone', written: expr.span } })
    case 'name':
      return words?.includes(expr.name) ? word(expr, ctx) : resolveName(expr.name, expr.span, ctx, words)
    case 'list':
      return evaluateList(expr, ctx, words)
    case 'call':
      return callExpression(expr, undefined, undefined, ctx)
    case 'index':
      return indexed(evaluate(expr.of, ctx), expr.subscripts.map((subscript) => partOf(subscript, ctx)), expr, ctx)
    case 'member':
      return memberOf(expr, ctx)
    case 'unary':
      return evaluateUnary(expr, ctx)
    case 'chain':
      return evaluateChain(expr, ctx)
    case 'logic':
      return evaluateLogic(expr, ctx)
    case 'compare':
      return compare(expr, ctx)
    case 'choice': {
      const value = evaluate(expr.condition, ctx)
      const condition = isTrue(value, expr.condition, ctx)
      if (condition === undefined) return silenced([value], origin) ?? failed(origin)
      return evaluate(condition ? expr.consequent : expr.alternative, ctx, words)
    }
    case 'pipe':
      return evaluatePipe(expr, ctx)
    case 'label':
      return evaluateLabelled(expr.of, expr.label, ctx)
    case 'missing':
      return failed(origin)
  }
}

const numberAssumed = (span: Span, { run: { assumed } }: Context): number | undefined =>
  assumed.numbers.size === 0 ? undefined : assumed.numbers.get(placeKey(span))

function word({ name, span }: Identifier, ctx: Context): Value {
  const value: Value = { kind: 'word', word: name, origin: originAt(ctx, span) }
  tellName(span, { kind: 'word', word: name }, value, ctx)
  return value
}

function interpolate({ parts, span }: Expr & { kind: 'text' }, ctx: Context): Value {
  const values = parts.map((part): string | Value => (typeof part === 'string' ? part : evaluate(part, ctx)))
  const origin = originAt(ctx, span)
  if (values.some((value) => typeof value !== 'string' && value.kind === 'unknown')) return unknown(origin)
  return { kind: 'text', value: values.map((value) => (typeof value === 'string' ? value : printValue(value))).join(''), origin }
}

function partOf(subscript: Subscript, ctx: Context): Part {
  const { kind, span } = subscript
  const valueOf = (expr: Expr | undefined): Value | undefined => expr && evaluate(expr, ctx)
  if (kind === 'at') return { kind, index: evaluate(subscript.index, ctx), span }
  return kind === 'rest' ? { kind, span } : { kind, from: valueOf(subscript.from), to: valueOf(subscript.to), span }
}

function evaluateLabelled(of: Expr, label: Identifier, ctx: Context): Value {
  if (of.kind === 'call') {
    const value = callExpression(of, undefined, label, ctx)
    tellValue(of, value, ctx)
    return value
  }
  if (of.kind === 'unary' && of.op === 'freeze') return evaluateLabelled(of.of, label, { ...ctx, frozen: true })
  if (label.name === withoutSegment || !hasCalls(of)) reportIdleLabel(label, outerSpan(of), 'what it stands behind is no call', ctx)
  return evaluate(of, { ...ctx, path: ctx.path.labelled(label.name) })
}

/** Each operand with its text: of the left one all that stands before the operator. */
function evaluateChain({ first, rest, span }: Expr & { kind: 'chain' }, ctx: Context): Value {
  let left = { value: evaluate(first, ctx), span: first.span }
  for (const { op, value } of rest) {
    const right = { value: evaluate(value, ctx), span: value.span }
    left = { value: arithmetic(op, left, right, span, ctx), span: { ...span, end: outerSpan(value).end } }
  }
  return left.value
}

function evaluatePipe({ head, steps, span }: Expr & { kind: 'pipe' }, ctx: Context): Value {
  let piped = { value: evaluate(head, ctx), span: head.span }
  for (const { value, label } of steps) {
    piped = { value: pipe(piped, value, label, ctx), span: { ...span, end: (label ?? value).span.end } }
    tellValue(value, piped.value, ctx)
  }
  return piped.value
}

/** One step of a pipe: a call takes the value as its first argument or at its hole, anything else has to be callable. */
function pipe(piped: Written, step: Expr, label: Identifier | undefined, ctx: Context): Value {
  if (piped.value.kind === 'results') return severalResults(piped.value, step.span, ctx, piped.span)
  if (step.kind === 'unary') return pipe(piped, step.of, label, { ...ctx, frozen: true })
  const given = { value: piped.value, span: step.span, piped: piped.span }
  if (step.kind === 'call') return callExpression(step, given, label, ctx)
  const callee = evaluate(step, ctx)
  return callValue(
    callee,
    step,
    { positional: [given], named: new Map(), spreads: [], broken: piped.value.kind === 'error', open: false },
    label,
    step.span,
    ctx,
  )
}

/** @param written what gives them, where that is not what is wrong */
export const severalResults = (value: Value & { kind: 'results' }, at: Span, ctx: Context, written = at): Value =>
  fail(ctx, 'type/several-results', { of: value.of, results: nameResults(value) }, at, {
    labels: [{ origin: value.origin, text: `${value.items.length} results` }],
    cause: { kind: 'several-results', value, written },
  })

/** What several results are called, or what they are. */
export const nameResults = ({ items, names }: Value & { kind: 'results' }): string =>
  items.map((item, i) => names[i] ?? describe(item)).join(', ')

function evaluateList(expr: ListExpr, ctx: Context, words?: readonly string[]): Value {
  const items: Value[] = []
  let broken = false
  let open = false
  for (const item of expr.items) {
    const found = evaluateItem(item, ctx, words)
    if (found === 'unknown') open = true
    else if (found) items.push(...found)
    else broken = true
  }
  const origin = originAt(ctx, expr.span)
  if (broken || items.some((item) => item.kind === 'error')) return failed(origin)
  return open ? unknown(origin) : list(items, origin)
}

/** The values of an item; undefined after a mistake, unknown where a caller decides how many there are. */
function evaluateItem(item: Item, ctx: Context, words?: readonly string[]): readonly Value[] | 'unknown' | undefined {
  if (item.kind === 'comprehension') return comprehension(item, ctx)
  const value = evaluate(item.value, ctx, words)
  if (item.kind === 'value') return [value]
  if (value.kind === 'list') return value.items
  if (value.kind === 'unknown') return 'unknown'
  reportSpread(value, item.value.span, ctx)
  return undefined
}

/** What is spread with `...` and is no list. */
export function reportSpread(value: Value, span: Span, ctx: Context): void {
  if (isSilent(value)) return
  fail(ctx, 'type/mismatch', { what: 'what follows `...`', wanted: 'a list', found: describe(value) }, span, {
    labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    cause: { kind: 'not-a-list', value, written: span, use: 'spread' },
  })
}

function comprehension(
  { clauses, value }: Item & { kind: 'comprehension' },
  ctx: Context,
): readonly Value[] | 'unknown' | undefined {
  const results: Value[] = []
  let broken = false
  let open = false
  const { start } = clauses[0]!.pattern.span
  const opened = openComprehension(clauses, { ...value.span, start }, ctx)
  const visit = (depth: number, scope: Scope): void => {
    const clause = clauses[depth]
    if (!clause) {
      results.push(opened.turn({ ...ctx, scope }, (turn) => evaluate(value, turn)))
      return
    }
    const here = { ...ctx, scope }
    const walked = evaluate(clause.in, here)
    const items = listToWalk(walked, clause.in, here)
    if (walked.kind === 'unknown') open = true
    else if (!items) broken = true
    for (const item of items ?? []) {
      ctx.run.limiter.step(originAt(ctx, clause.in.span))
      const inner = new Scope(scope)
      const turn = { ...ctx, scope: inner }
      if (!bindPattern(clause.pattern, item, turn, 'shadow')) broken = true
      else {
        const wanted = passes(clause.filters, turn)
        if (wanted === 'unknown') open = true
        else if (wanted) visit(depth + 1, inner)
      }
    }
  }
  visit(0, ctx.scope)
  opened.close()
  if (broken) return undefined
  return open ? 'unknown' : results
}

/** Whether all filters hold; they are read up to the first that does not. */
function passes(filters: readonly Expr[], ctx: Context): boolean | 'unknown' {
  for (const filter of filters) {
    const value = evaluate(filter, ctx)
    if (value.kind === 'unknown') return 'unknown'
    if (isTrue(value, filter, ctx) !== true) return false
  }
  return true
}

/** The elements a `for` goes through; reports what is not a list. */
export function listToWalk(value: Value, expr: Expr, ctx: Context): readonly Value[] | undefined {
  if (value.kind === 'list') return value.items
  if (isSilent(value)) return undefined
  fail(ctx, 'type/mismatch', { what: 'what `for` goes through', wanted: 'a list', found: describe(value) }, expr.span, {
    cause: { kind: 'not-a-list', value, written: expr.span, use: 'for' },
  })
  return undefined
}

function evaluateUnary(expr: Expr & { kind: 'unary' }, ctx: Context): Value {
  const origin = originAt(ctx, expr.span)
  if (expr.op === 'freeze') {
    const value = evaluate(expr.of, { ...ctx, frozen: true })
    if (value.kind === 'block') return { ...value, frozen: true }
    const made = expr.of.kind !== 'name' && expr.of.kind !== 'member' && expr.of.kind !== 'index'
    return made || isSilent(value) ? value : fail(ctx, 'call/nothing-to-freeze', { found: describe(value) }, expr.span)
  }
  const value = evaluate(expr.of, ctx)
  if (expr.op === '-')
    return arithmetic('*', { value, span: expr.of.span }, { value: int(-1, origin), span: expr.span }, expr.span, ctx, expr.op)
  const truth = isTrue(value, expr.of, ctx)
  return truth === undefined ? (silenced([value], origin) ?? failed(origin)) : bool(!truth, origin)
}

function evaluateLogic(expr: Expr & { kind: 'logic' }, ctx: Context): Value {
  const origin = originAt(ctx, expr.span)
  let open = false
  for (const operand of expr.operands) {
    // what stands behind a condition that is not known may be guarded by it
    const here = open ? unheard(ctx) : ctx
    const value = evaluate(operand, here)
    const truth = isTrue(value, operand, here)
    if (value.kind === 'unknown') open = true
    else if (truth === undefined && !open) return failed(origin)
    else if (truth === (expr.op === 'or')) return bool(truth, origin)
  }
  return open ? unknown(origin) : bool(expr.op === 'and', origin)
}
