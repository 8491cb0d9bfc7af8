import { add, keyOf, subtract, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { atLeast } from '../dim/prove.ts'
import type { Details } from '../diagnostics/diagnostics.ts'
import { axisOf, decided } from '../primitives/shape/axis.ts'
import type { IndexExpr } from '../syntax/ast.ts'
import { textOf, type Span } from '../text/source.ts'
import { labelText } from '../text/label-text.ts'
import { applyPrimitive } from './call-primitive.ts'
import { fail, originAt, type Context } from './context.ts'
import { describe, extentValue, int, isOpen, list, silenced, unknown, type IntValue, type ListValue, type TensorValue, type Value } from './value.ts'

/** A subscript with its values. */
export type Part =
  | { readonly kind: 'at'; readonly index: Value; readonly span: Span }
  | { readonly kind: 'range'; readonly from: Value | undefined; readonly to: Value | undefined; readonly span: Span }
  | { readonly kind: 'rest'; readonly span: Span }

/** `list[i]`, `list[1:]`, `vector[i]`, `matrix[i]`, `map[:, :, 8:]`: an index drops its axis, a range keeps it. */
export function indexed(of: Value, parts: readonly Part[], expr: IndexExpr, ctx: Context): Value {
  const values = parts.flatMap(valuesOf)
  const silent = silenced([of, ...values], originAt(ctx, expr.span))
  if (silent) return silent
  if (of.kind !== 'list' && of.kind !== 'tensor') {
    return fail(ctx, 'type/mismatch', { what: 'what is indexed', wanted: 'a list or a tensor', found: describe(of) }, expr.of.span, {
      cause: { kind: 'not-indexable', value: of, expr },
    })
  }
  return of.kind === 'list' ? ofList(of, parts, expr, ctx) : ofTensor(of, parts, expr, ctx)
}

function valuesOf(part: Part): readonly Value[] {
  if (part.kind === 'at') return [part.index]
  return part.kind === 'range' ? [part.from, part.to].filter((value) => value !== undefined) : []
}

/** Reports the first index that is no int. */
function refusedIndex(of: ListValue | TensorValue, parts: readonly Part[], expr: IndexExpr, ctx: Context): Value | undefined {
  for (const part of parts) {
    const odd = valuesOf(part).find((value) => value.kind !== 'int' || (of.kind === 'list' && typeof value.dim !== 'number'))
    if (!odd) continue
    return fail(ctx, 'type/mismatch', { what: 'the index', wanted: 'an int', found: describe(odd) }, part.span, {
      ...(of.kind === 'tensor' && { cause: { kind: 'index-count', value: of, expr } }),
    })
  }
  return undefined
}

/** An int that is given as an index; what counts from the end is negative for every input. */
function counted(value: Value, extent: Dim): Dim {
  const dim = value.kind === 'int' ? value.dim : 0
  return atLeast(-1, dim).kind === 'proved' ? add(extent, dim) : dim
}

function ofList(of: ListValue, parts: readonly Part[], expr: IndexExpr, ctx: Context): Value {
  const [part] = parts
  if (!part || part.kind === 'rest' || parts.length > 1) return wrongCount(of, 'one axis', parts, expr, ctx)
  const { length } = of.items
  if (valuesOf(part).some(isOpen)) return unknown(originAt(ctx, expr.span))
  const refused = refusedIndex(of, parts, expr, ctx)
  if (refused) return refused
  const at = (value: Value): number => Number(counted(value, length))
  if (part.kind === 'at') {
    const facts = { of: 'the list', length: length === 1 ? 'one element' : `${length} elements` }
    return of.items[at(part.index)] ?? outOfRange(part.index, of, facts, part, expr, ctx)
  }
  const [from, to] = [part.from ? at(part.from) : 0, part.to ? at(part.to) : length]
  if (Math.min(from, to) < 0 || Math.max(from, to) > length) {
    const labels = [{ origin: of.origin, text: 'this is the list' }]
    return outside({ begin: from, end: to, axis: 'length', extent: length }, part.span, ctx, labels)
  }
  return from <= to ? list(of.items.slice(from, to), originAt(ctx, expr.span)) : endsBefore(from, to, 'at least', part, ctx)
}

function ofTensor(of: TensorValue, written: readonly Part[], expr: IndexExpr, ctx: Context): Value {
  const { shape } = of.node.type
  const parts = partsByAxis(written, shape.length)
  if (!parts) return wrongCount(of, shape.length === 1 ? 'one axis' : `${shape.length} axes`, written, expr, ctx)
  const refused = refusedIndex(of, parts, expr, ctx)
  if (refused) return refused
  const boxes: Box[] = []
  for (const [axis, part] of parts.entries()) {
    const box = boxAlong(of, axis, part, expr, ctx)
    if ('kind' in box) return box
    boxes.push(box)
  }
  const origin = originAt(ctx, expr.span)
  const isWhole = boxes.every(({ begin, size }, axis) => begin.dim === 0 && keyOf(size.dim) === keyOf(shape[axis]!.dim))
  const dropped = parts.flatMap((part, axis) => (part.kind === 'at' ? [axis] : []))
  const shown = expr.span.source.library ? 'slice' : textOf(expr.span).replace(/\s+/g, ' ')
  const whole = { value: of, span: expr.of.span }
  const box = (side: keyof Box) => ({ value: list(boxes.map((one) => one[side]), origin), span: expr.span })
  const cut = isWhole ? of : applyPrimitive('slice', [whole, box('begin'), box('size')], expr.span, ctx, shown)
  if (cut.kind !== 'tensor' || dropped.length === 0) return { ...cut, origin }
  const left = cut.node.type.shape.filter((_, axis) => !dropped.includes(axis)).map(extentValue)
  const reshaped = [{ value: cut, span: expr.span }, { value: list(left, origin), span: expr.span }]
  return applyPrimitive('reshape', reshaped, expr.span, ctx, shown)
}

interface Box {
  readonly begin: IntValue
  readonly size: IntValue
}

/** One for each axis; undefined where they are not as many. Vectors and matrices need not say that the last axes are taken whole. */
function partsByAxis(parts: readonly Part[], rank: number): readonly Exclude<Part, { kind: 'rest' }>[] | undefined {
  const [rest, ...others] = parts.flatMap((part, i) => (part.kind === 'rest' ? [i] : []))
  const given = parts.filter((part) => part.kind !== 'rest')
  const open = rank - given.length
  if (open < 0 || others.length > 0 || (open > 0 && rest === undefined && rank > 2)) return undefined
  const { span } = parts.at(-1)!
  const whole = Array.from({ length: open }, () => ({ kind: 'range', from: undefined, to: undefined, span }) as const)
  return [...given.slice(0, rest), ...whole, ...given.slice(rest ?? given.length)]
}

/** Where a part begins and how long it is along its axis; an error where numbers say that it lies outside. */
function boxAlong(of: TensorValue, axis: number, part: Exclude<Part, { kind: 'rest' }>, expr: IndexExpr, ctx: Context): Box | Value {
  const { shape } = of.node.type
  const extent = shape[axis]!
  const origin = originAt(ctx, part.span)
  const isKnown = (...dims: readonly Dim[]): boolean => dims.every((dim) => typeof dim === 'number') && typeof extent.dim === 'number'
  if (part.kind === 'at') {
    const begin = counted(part.index, extent.dim)
    if (isKnown(begin) && (Number(begin) < 0 || Number(begin) >= Number(extent.dim)))
      return outOfRange(part.index, of, { of: describe(of), length: lengthAlong(of, axis) }, part, expr, ctx)
    return { begin: placed(part.index, begin), size: placed(int(1, origin), 1) }
  }
  const begin = part.from ? counted(part.from, extent.dim) : 0
  const end = part.to ? counted(part.to, extent.dim) : extent.dim
  if (isKnown(begin, end)) {
    const [from, to] = [Number(begin), Number(end)]
    if (Math.min(from, to) < 0 || Math.max(from, to) > Number(extent.dim)) {
      const along = axisOf(shape.length, axis)
      const { extent: at, ...said } = decided(extent, along)
      const labels = [{ ...said, origin: at.origin, extent: at }]
      return outside({ begin: from, end: to, axis: along.name, extent: Number(extent.dim) }, part.span, ctx, labels)
    }
    if (from >= to) return endsBefore(from, to, 'more than', part, ctx)
  }
  const size = part.from || part.to ? placed(int(1, origin), subtract(end, begin)) : placed(extentValue(extent), extent.dim)
  return { begin: placed(part.from ?? int(0, origin), begin), size }
}

/** The int as it counts from the beginning, where it was given. */
const placed = (value: Value, dim: Dim): IntValue =>
  value.kind === 'int' && keyOf(value.dim) === keyOf(dim) ? value : { kind: 'int', dim, origin: value.origin }

/** How many elements there are along an axis, in the words of a message. */
function lengthAlong({ node: { type: { shape } } }: TensorValue, axis: number): string {
  const { elements, name, said } = axisOf(shape.length, axis)
  const size = printDim(shape[axis]!.dim)
  if (said === 'numbered' || shape.length === 1) return `${size} ${size === '1' ? 'element' : 'elements'}${shape.length === 1 ? '' : ` along ${name}`}`
  const noun = elements ?? name
  return `${size} ${size === '1' ? noun.slice(0, -1) : noun}`
}

interface Range {
  readonly begin: number
  readonly end: number
  readonly axis: string
  readonly extent: number
}

const outside = ({ begin, end, axis, extent }: Range, span: Span, ctx: Context, labels: Details['labels'] = []): Value =>
  fail(ctx, 'shape/slice', { op: 'the range', begin: `${begin}`, end: `${end}`, axis, extent: `${extent}` }, span, { labels })

function outOfRange(
  index: Value,
  value: ListValue | TensorValue,
  facts: { readonly of: string; readonly length: string },
  { span }: Part,
  expr: IndexExpr,
  ctx: Context,
): Value {
  const number = index.kind === 'int' ? printDim(index.dim) : ''
  return fail(ctx, 'type/index-out-of-range', { ...facts, index: number }, span, {
    labels: [
      { origin: value.origin, text: value.kind === 'list' ? 'this is the list' : `this is ${describe(value)}` },
      { origin: index.origin, ...labelText(number, 'comes from') },
    ],
    cause: { kind: 'index-out-of-range', value, expr },
  })
}

const endsBefore = (from: number, to: number, least: string, { span }: Part, ctx: Context): Value =>
  fail(ctx, 'type/mismatch', { what: 'the end of the range', wanted: `${least} ${from}, where it begins`, found: `the int ${to}` }, span)

function wrongCount(value: ListValue | TensorValue, axes: string, parts: readonly Part[], expr: IndexExpr, ctx: Context): Value {
  const given = parts.filter(({ kind }) => kind !== 'rest').length
  const facts = { of: describe(value), axes, given: given === 1 ? 'one index is given' : `${given} indices are given` }
  return fail(ctx, 'type/index-count', facts, expr.span, {
    labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    cause: { kind: 'index-count', value, expr },
  })
}
