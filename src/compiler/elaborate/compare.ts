import type { Comparison, Expr } from '../syntax/ast.ts'
import { subtract, type Dim } from '../dim/expr.ts'
import { printDim, printSizes } from '../dim/print.ts'
import { atLeast, equal, type Verdict } from '../dim/prove.ts'
import { textOf } from '../text/source.ts'
import { fail, originAt, type Context } from './context.ts'
import { enums } from './enums.ts'
import { evaluate, severalResults } from './evaluate.ts'
import { applyPrimitive } from './call-primitive.ts'
import { missingWhere } from './missing-where.ts'
import { bool, describe, holdsTensors, isOpen, isSilent, numberOf, silenced, unknown, type Value } from './value.ts'

type CompareExpr = Expr & { readonly kind: 'compare' }

/**
 * A comparison: of compile-time values a bool, of tensors a map of 0 and 1. `isWanted` says that it has to be true, not only
 * known.
 */
export function compare(expr: CompareExpr, ctx: Context, isWanted = false): Value {
  const origin = originAt(ctx, expr.span)
  const [left, right] = operandsOf(expr, ctx)
  const silent = silenced([left, right], origin)
  if (silent) return silent
  if (left.kind === 'results') return severalResults(left, expr.left.span, ctx)
  if (right.kind === 'results') return severalResults(right, expr.right.span, ctx)
  if ((left.kind === 'tensor' && comparable(right)) || (right.kind === 'tensor' && comparable(left))) {
    return applyPrimitive(
      'compare',
      [
        { value: left, span: expr.left.span },
        { value: right, span: expr.right.span },
        { value: { kind: 'word', word: comparisons[expr.op], origin }, span: expr.span },
      ],
      expr.span,
      ctx,
      expr.op,
    )
  }
  if (left.kind === 'int' && right.kind === 'int') return compareExtents(expr, left.dim, right.dim, ctx, isWanted)
  const a = numberOf(left)
  const b = numberOf(right)
  if (a !== undefined && b !== undefined) return bool(ofNumbers(expr.op, a, b), origin)
  if (expr.op === '==' || expr.op === '!=') {
    const tensors = [left, right].find((value) => value.kind === 'list' && holdsTensors(value))
    if (tensors && isOfOneLength(left, right))
      return fail(ctx, 'type/mismatch', { what: `an operand of ${expr.op}`, wanted: 'known when the model is compiled', found: describe(tensors) }, expr.span, {
        notes: ['tensors are compared one by one: maps[0] == other[0]'],
      })
    const isSame = sameness(left, right)
    return isSame === 'unknown' ? unknown(origin) : bool(isSame === (expr.op === '=='), origin)
  }
  if (isNumber(left) && isNumber(right) && (isOpen(left) || isOpen(right))) return unknown(origin)
  const odd = a === undefined ? left : right
  return fail(ctx, 'type/mismatch', { what: `an operand of ${expr.op}`, wanted: 'a number', found: describe(odd) }, expr.span, {
    cause: { kind: 'not-ordered', value: odd, expr },
  })
}

const comparisons: Readonly<Record<Comparison, string>> = {
  '==': 'equal',
  '!=': 'not_equal',
  '<': 'less',
  '<=': 'less_equal',
  '>': 'greater',
  '>=': 'greater_equal',
}

const comparable = (value: Value): boolean =>
  value.kind === 'tensor' || value.kind === 'list' || numberOf(value) !== undefined || (value.kind === 'int' && isOpen(value))

/** Evaluates both sides; a name opposite a word is a word of its enum. */
function operandsOf({ left, right }: CompareExpr, ctx: Context): readonly [Value, Value] {
  const wordsBeside = (value: Value): readonly string[] | undefined =>
    // what is not known may be a word of any enum
    value.kind === 'unknown'
      ? [...enums.values()].flat()
      : value.kind === 'word'
        ? [...enums.values()].find((words) => words.includes(value.word))
        : undefined
  if (left.kind === 'name' && right.kind !== 'name') {
    const second = evaluate(right, ctx)
    return [evaluate(left, ctx, wordsBeside(second)), second]
  }
  const first = evaluate(left, ctx)
  return [first, evaluate(right, ctx, wordsBeside(first))]
}

function ofNumbers(op: Comparison, a: number, b: number): boolean {
  switch (op) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

const isNumber = ({ kind }: Value): boolean => kind === 'int' || kind === 'float'

const isOfOneLength = (a: Value, b: Value): boolean =>
  a.kind === 'list' && b.kind === 'list' && a.items.length === b.items.length

/** Whether two values are the same; unknown where a caller decides that. */
function sameness(a: Value, b: Value): boolean | 'unknown' {
  if (!isOpen(a) && !isOpen(b)) return same(a, b)
  if (a.kind === 'unknown' || b.kind === 'unknown') return 'unknown'
  if (a.kind === 'list' && b.kind === 'list') {
    if (a.items.length !== b.items.length) return false
    const parts = a.items.map((item, i) => sameness(item, b.items[i]!))
    return parts.includes(false) ? false : parts.includes('unknown') ? 'unknown' : true
  }
  if (a.kind === 'int' && b.kind === 'int') {
    const { kind } = equal(a.dim, b.dim)
    return kind === 'free' ? 'unknown' : kind === 'proved'
  }
  return isNumber(a) && isNumber(b) ? 'unknown' : false
}

function same(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) {
    const x = numberOf(a)
    return x !== undefined && x === numberOf(b)
  }
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, i) => same(item, b.items[i]!))
  if (a.kind === 'block' && b.kind === 'block')
    return a.name === b.name && !a.given && !b.given && a.target.kind === b.target.kind
  if (a.kind === 'word' && b.kind === 'word') return a.word === b.word
  if (a.kind === 'int' && b.kind === 'int') return equal(a.dim, b.dim).kind === 'proved'
  if ('value' in a && 'value' in b) return a.value === b.value
  return a.kind === 'none'
}

/** A claim about extents as a verdict: `H % 16 == 0` may be true, false, or not known. */
function verdictOf(op: Comparison, a: Dim, b: Dim): Verdict {
  switch (op) {
    case '==':
      return equal(a, b)
    case '!=':
      return not(equal(a, b))
    case '<':
      return atLeast(subtract(b, 1), a)
    case '<=':
      return atLeast(b, a)
    case '>':
      return atLeast(subtract(a, 1), b)
    case '>=':
      return atLeast(a, b)
  }
}

function not(verdict: Verdict): Verdict {
  switch (verdict.kind) {
    case 'proved':
      return { kind: 'refuted' }
    case 'refuted':
      return { kind: 'proved' }
    case 'free':
      return verdict
    case 'unknown':
      return { ...verdict, missing: () => undefined }
  }
}

/** Whether a condition on extents holds for every input; undefined for other conditions. */
export function verdictOn(condition: Expr, ctx: Context): Verdict | undefined {
  if (condition.kind !== 'compare') return undefined
  const [left, right] = operandsOf(condition, ctx)
  return left.kind === 'int' && right.kind === 'int' ? verdictOf(condition.op, left.dim, right.dim) : undefined
}

function compareExtents(expr: CompareExpr, a: Dim, b: Dim, ctx: Context, isWanted: boolean): Value {
  const { op, span } = expr
  const verdict = verdictOf(op, a, b)
  if (verdict.kind === 'free') return unknown(originAt(ctx, span))
  if (verdict.kind !== 'unknown') return bool(verdict.kind === 'proved', originAt(ctx, span))
  const claim = span.source.library ? `${printDim(a)} ${op} ${printDim(b)}` : textOf(span)
  const notes = failingSize(verdict)
  const missing = verdict.missing()
  if (isWanted) return fail(ctx, 'value/not-known', { claim }, span, { notes, cause: missingWhere(missing, ctx) })
  return fail(ctx, 'value/not-known', { claim }, span, {
    notes,
    ...(missing && { cause: { kind: 'undecided-comparison', conditions: missing } }),
  })
}

/** A size of the inputs for which a claim does not hold. */
export const failingSize = ({ witness }: Verdict & { kind: 'unknown' }): readonly string[] =>
  witness ? [`it is false for ${printSizes(witness)}`] : []

/** The truth of a condition, undefined where it is not known and, reported, where it is no bool. */
export function isTrue(value: Value, expr: Expr, ctx: Context): boolean | undefined {
  if (value.kind === 'bool') return value.value
  if (isSilent(value)) return undefined
  fail(ctx, 'type/mismatch', { what: 'a condition', wanted: 'a bool', found: describe(value) }, expr.span, {
    cause: { kind: 'not-a-condition', value, condition: expr },
  })
  return undefined
}
