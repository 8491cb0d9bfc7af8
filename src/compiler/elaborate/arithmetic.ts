import type { Arithmetic } from '../syntax/ast.ts'
import { add, divide, ExtentOverflow, isFree, modulo, multiply, subtract, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { contains, type Origin, type Span } from '../text/source.ts'
import { applyPrimitive } from './call-primitive.ts'
import { severalResults } from './evaluate.ts'
import { fail, originAt, type Context } from './context.ts'
import {
  describe,
  failed,
  float,
  int,
  isSilent,
  list,
  numberOf,
  printValue,
  silenced,
  unknown,
  valueExtent,
  type ListValue,
  type Value,
  type Written,
} from './value.ts'
import { labelText } from '../text/label-text.ts'

/**
 * `+ - * / %` of compile-time numbers, of sizes element by element, and of tensors.
 *
 * @param shown the operator in the text, where that is another one
 */
export function arithmetic(op: Arithmetic, left: Written, right: Written, span: Span, ctx: Context, shown: string = op): Value {
  const origin = originAt(ctx, span)
  const [a, b] = [left.value, right.value]
  const silent = silenced([a, b], origin)
  if (silent) return silent
  for (const { value, span: written } of [left, right])
    if (value.kind === 'results') return severalResults(value, span, ctx, written)
  const odd = otherList(a, b) ?? otherList(b, a)
  if (odd) return ofOtherLists(odd, left, right, span, ctx, shown)
  if (a.kind === 'tensor' || b.kind === 'tensor') {
    const primitive = tensorOps[op]
    if (primitive) return applyPrimitive(primitive, [left, right], span, ctx, op)
    return fail(
      ctx,
      'type/mismatch',
      { what: `an operand of ${op}`, wanted: 'an int', found: describe(a.kind === 'tensor' ? a : b) },
      span,
    )
  }
  if (a.kind === 'list' || b.kind === 'list') return ofLists(op, left, right, span, ctx)
  if (a.kind === 'int' && b.kind === 'int') return ofInts(op, a, b, span, ctx)
  const x = numberOf(a)
  const y = numberOf(b)
  if (x !== undefined && y !== undefined)
    return y === 0 && (op === '/' || op === '%') ? byZero(op, a, b, span, ctx) : float(floatArithmetic[op](x, y), origin)
  const symbolic = [a, b].find((value) => value.kind === 'int' && typeof value.dim !== 'number')
  const number = [a, b].find((value) => value.kind === 'float')
  if (symbolic?.kind === 'int' && number?.kind === 'float') return ofDims(op, a, b, span, ctx)
  const strange = a.kind === 'int' || a.kind === 'float' ? b : a
  return fail(ctx, 'type/mismatch', { what: `an operand of ${op}`, wanted: 'a number or a tensor', found: describe(strange) }, span, {
    cause: { kind: 'not-a-number', value: strange },
  })
}

const tensorOps: Readonly<Partial<Record<Arithmetic, string>>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' }

const dimOf = (value: Value): Dim => (value.kind === 'int' ? value.dim : value.kind === 'float' ? value.value : 0)

/** A list that arithmetic cannot take element by element, beside the other operand. */
const otherList = (value: Value, other: Value): ListValue | undefined =>
  value.kind === 'list' && (!isOfNumbers(value) || (value.items.length === 0 && other.kind === 'tensor')) ? value : undefined

/** Whether a list is one of numbers, as far as they are known. */
const isOfNumbers = ({ items }: ListValue): boolean =>
  items.every((item) => (item.kind === 'list' ? isOfNumbers(item) : item.kind === 'int' || item.kind === 'float' || isSilent(item)))

/** Lists of tensors or of anything else are joined, not added. */
function ofOtherLists(odd: Value, left: Written, right: Written, span: Span, ctx: Context, op: string): Value {
  const facts = { what: `an operand of ${op}`, wanted: 'a number, a tensor, or a list of numbers', found: describe(odd) }
  return fail(ctx, 'type/mismatch', facts, span, { cause: { kind: 'operator-of-lists', op, left, right, written: span } })
}

function ofLists(op: Arithmetic, left: Written, right: Written, span: Span, ctx: Context): Value {
  const origin = originAt(ctx, span)
  const [a, b] = [left.value, right.value]
  const length = a.kind === 'list' ? a.items.length : b.kind === 'list' ? b.items.length : 0
  if (a.kind === 'list' && b.kind === 'list' && b.items.length !== length) {
    return fail(
      ctx,
      'type/mismatch',
      { what: `the right side of ${op}`, wanted: `a list of ${length}`, found: describe(b) },
      span,
      { cause: { kind: 'operator-of-lists', op, left, right, written: span } },
    )
  }
  const part = (whole: Written, i: number): Written =>
    whole.value.kind === 'list' ? { ...whole, value: whole.value.items[i]! } : whole
  const items = Array.from({ length }, (_, i) => arithmetic(op, part(left, i), part(right, i), span, ctx))
  return items.some((item) => item.kind === 'error') ? failed(origin) : list(items, origin)
}

/** Ints; what 1 or 0 does not change keeps the place where it was decided. */
function ofInts(op: Arithmetic, a: Known, b: Known, span: Span, ctx: Context): Value {
  if (b.dim === neutral[op]) return a
  if (a.dim === neutral[op] && (op === '+' || op === '*')) return b
  return ofDims(op, a, b, span, ctx)
}

type Known = Value & { readonly kind: 'int' }

const neutral: Readonly<Partial<Record<Arithmetic, number>>> = { '+': 0, '-': 0, '*': 1, '/': 1 }

function ofDims(op: Arithmetic, a: Value, b: Value, span: Span, ctx: Context): Value {
  const [left, right] = [dimOf(a), dimOf(b)]
  if ((op === '/' || op === '%') && right === 0) return byZero(op, a, b, span, ctx)
  try {
    const dim = dimArithmetic[op](left, right)
    if (dim === undefined && (isFree(left) || isFree(right))) return unknown(originAt(ctx, span))
    if (dim === undefined) return fail(ctx, 'value/not-a-polynomial', { op, left: printDim(left), right: printDim(right) }, span)
    const value = exact(dim, originAt(ctx, span))
    if (!value) return fail(ctx, 'value/too-large', {}, span)
    if (value.kind === 'int') {
      const how = `${printDim(left)} ${op} ${printDim(right)} = ${printDim(value.dim)}`
      return { ...value, how, from: [a, b].flatMap((side) => decidedBefore(side, value.origin)) }
    }
    return value.kind === 'float' && op === '/' ? { ...value, quotient: [a, b] } : value
  } catch (error) {
    if (!(error instanceof ExtentOverflow)) throw error
    return isFree(left) || isFree(right) ? unknown(originAt(ctx, span)) : fail(ctx, 'value/too-large', {}, span)
  }
}

/** An operand that was decided elsewhere; a number in the expression itself is plain to see. */
function decidedBefore(value: Value, { span, frame }: Origin): readonly Extent[] {
  if (value.kind !== 'int') return []
  const isHere = value.origin.frame === frame && contains(span, value.origin.span)
  return isHere ? (value.from ?? []) : [valueExtent(value)]
}

function byZero(op: Arithmetic, left: Value, zero: Value, span: Span, ctx: Context): Value {
  return fail(ctx, 'value/division-by-zero', { op, left: printValue(left) }, span, {
    labels: [{ origin: zero.origin, ...labelText('0', 'comes from') }],
  })
}

const dimArithmetic: Readonly<Record<Arithmetic, (a: Dim, b: Dim) => Dim | undefined>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
}

/** Ints that do not divide give a float; ints beyond 2^53 are no longer exact. */
function exact(dim: Dim, origin: Origin): Value | undefined {
  if (typeof dim !== 'number' || Number.isSafeInteger(dim)) return int(dim, origin)
  return Number.isInteger(dim) ? undefined : float(dim, origin)
}

const floatArithmetic: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a - b * Math.floor(a / b),
}
