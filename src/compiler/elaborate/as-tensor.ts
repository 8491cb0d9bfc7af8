import type { Extent, Node } from '../graph/graph.ts'
import { fail, originAt, type Context } from './context.ts'
import { describe, isOpen, numberOf, type Value } from './value.ts'
import { argumentOf } from './reports/argument-of.ts'
import type { Place } from './place.ts'

/** A value where a tensor is wanted: a number becomes a scalar constant, a list of numbers a vector, and so on inwards. */
export function asTensor(value: Value, place: Omit<Place, 'call'>, ctx: Context): Node | undefined {
  if (value.kind === 'tensor') return value.node
  const constant = constantOf(value)
  if (constant) {
    const origin = originAt(ctx, place.span)
    const shape: readonly Extent[] = constant.shape.map((dim) => ({ dim, origin: value.origin }))
    const { whole: at } = ctx.path.claim({ segment: 'constant', label: undefined })
    return ctx.run.builder.constant(constant.values, shape, { at, origin, site: ctx.site })
  }
  const shape = isOpen(value) ? openShape(value) : undefined
  if (shape) {
    const extents = shape.map((dim) => ({ dim, origin: value.origin }))
    const making = { at: ctx.path.own.whole, origin: originAt(ctx, place.span), site: ctx.site }
    return ctx.run.builder.standIn({ shape: extents, depends: 'weights' }, making)
  }
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted: 'a tensor', found: describe(value) }, place.span, {
    cause: { kind: 'not-a-tensor', value, written: place.span, use: 'operand' },
  })
  return undefined
}

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
