import type { Extent, Node } from '../graph/graph.ts'
import { fail, originAt, type Context } from './context.ts'
import type { Span } from '../text/source.ts'
import { describe, isOpen, numberOf, tensor, type ListValue, type Value } from './value.ts'
import { argumentOf } from './reports/argument-of.ts'
import type { Place } from './place.ts'

/** A value where a tensor is wanted: a number becomes a scalar constant, a list of numbers a vector, and so on inwards. */
export function asTensor(value: Value, place: Omit<Place, 'call'>, ctx: Context): Node | undefined {
  const node = value.kind === 'tensor' ? value.node : ofNumbers(value, place.span, ctx)
  if (node) return node
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted: 'a tensor', found: describe(value) }, place.span, {
    cause: { kind: 'not-a-tensor', value, written: place.span, use: 'operand' },
  })
  return undefined
}

/** A number or a list of numbers as a tensor; undefined where the value is something else. */
function ofNumbers(value: Value, span: Span, ctx: Context): Node | undefined {
  const constant = constantOf(value)
  if (constant) {
    const origin = originAt(ctx, span)
    const shape: readonly Extent[] = constant.shape.map((dim) => ({ dim, origin: value.origin }))
    const { whole: at } = ctx.path.claim({ segment: 'constant', label: undefined })
    return ctx.run.builder.constant(constant.values, shape, { at, origin, site: ctx.site })
  }
  const shape = isOpen(value) ? openShape(value) : undefined
  if (!shape) return undefined
  const extents = shape.map((dim) => ({ dim, origin: value.origin }))
  const making = { at: ctx.path.own.whole, origin: originAt(ctx, span), site: ctx.site }
  return ctx.run.builder.standIn({ shape: extents, depends: 'weights' }, making)
}

/** A list of numbers as the tensor that it is for a parameter of that many axes, or of any; undefined for what is none. */
export function listAsTensor(value: ListValue, rank: number | undefined, span: Span, ctx: Context): Value | undefined {
  if (rank !== undefined && rank !== rankOf(value)) return undefined
  const node = ofNumbers(value, span, ctx)
  return node && tensor(node, value.origin)
}

const rankOf = (value: Value | undefined): number => (value?.kind === 'list' ? 1 + rankOf(value.items[0]) : 0)

/** The shape of numbers some of which a caller decides. */
function openShape(value: Value): readonly number[] | undefined {
  if (value.kind === 'int' || value.kind === 'float' || value.kind === 'unknown') return []
  if (value.kind !== 'list' || value.items.length === 0) return undefined
  const [first, ...others] = value.items.map(openShape)
  return first && others.every((shape) => shape?.join() === first.join()) ? [value.items.length, ...first] : undefined
}

interface Constant {
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

/** Nested lists of numbers of one length each as an array, row by row. */
function constantOf(value: Value): Constant | undefined {
  const number = numberOf(value)
  if (number !== undefined) return { shape: [], values: [number] }
  if (value.kind !== 'list' || value.items.length === 0) return undefined
  const parts = value.items.map(constantOf)
  const [first] = parts
  const even = parts.every((part) => part && first && part.shape.join() === first.shape.join())
  return even && first
    ? { shape: [parts.length, ...first.shape], values: parts.flatMap((part) => part?.values ?? []) }
    : undefined
}
