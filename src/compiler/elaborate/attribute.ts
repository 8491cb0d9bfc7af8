import type { Attribute } from '../graph/graph.ts'
import { integral, isGranted } from '../dim/prove.ts'
import type { Kind } from '../primitives/primitive.ts'
import type { Span } from '../text/source.ts'
import { argumentOf } from './reports/argument-of.ts'
import { fail, type Context } from './context.ts'
import { reportFraction } from './reports/fraction.ts'
import { describe, numberOf, type Value } from './value.ts'
import { labelText } from '../text/label-text.ts'

interface AttributePlace {
  readonly op: string
  readonly argument: string
  readonly span: Span
}

/** A compile-time value as the attribute a parameter's kind takes; reports one that does not fit. */
export function attributeOf(
  value: Value,
  kind: Exclude<Kind, 'tensor' | 'tensors' | 'optional_tensor'> | { readonly words: readonly string[] },
  fallback: unknown,
  place: AttributePlace,
  ctx: Context,
): Attribute | undefined {
  if (value.kind === 'none' && fallback === null) return null
  const attribute = typeof kind === 'object' ? wordOf(value, kind.words) : readers[kind](value)
  if (attribute !== undefined) return attribute
  const isOfExtents = kind === 'dims' || kind === 'pads'
  const fraction = isOfExtents ? fractionIn(value) : undefined
  if (fraction) {
    reportFraction(fraction, place, ctx)
    return undefined
  }
  const symbolic = isOfExtents ? undefined : symbolicIn(value)
  if (symbolic) {
    fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted: 'known when the model is compiled', found: describe(symbolic) }, place.span, {
      labels: [{ origin: symbolic.origin, ...labelText(describe(symbolic), 'comes from') }],
    })
    return undefined
  }
  const wanted = typeof kind === 'object' ? kind.words.join(' or ') : wantedAs[kind]
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted, found: describe(value) }, place.span, {
    labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
  })
  return undefined
}

/** The first int in it that depends on the size of an input. */
function symbolicIn(value: Value): Value | undefined {
  if (value.kind === 'int') return typeof value.dim === 'number' ? undefined : value
  return value.kind === 'list' ? value.items.map(symbolicIn).find((one) => one !== undefined) : undefined
}

/** The first int in it that is no whole number, or not for every input. */
function fractionIn(value: Value): (Value & { readonly kind: 'int' }) | undefined {
  if (value.kind === 'int') return extentOf(value) === undefined ? value : undefined
  return value.kind === 'list' ? value.items.map(fractionIn).find((one) => one !== undefined) : undefined
}

const wordOf = (value: Value, words: readonly string[]): Attribute | undefined =>
  value.kind === 'word' && words.includes(value.word) ? value.word : undefined

const constantInt = (value: Value): number | undefined =>
  value.kind === 'int' && typeof value.dim === 'number' ? value.dim : undefined

const extentOf = (value: Value): Attribute | undefined =>
  value.kind === 'int' && isGranted(integral(value.dim)) ? value.dim : undefined

function listOf(value: Value, read: (item: Value) => Attribute | undefined): readonly Attribute[] | undefined {
  if (value.kind !== 'list') return undefined
  const items = value.items.map(read)
  return items.every((item) => item !== undefined) ? items : undefined
}

function sizeOf(value: Value): Attribute | undefined {
  const side = constantInt(value)
  if (side !== undefined) return [side, side]
  const sides = listOf(value, constantInt)
  return sides?.length === 2 ? sides : undefined
}

function axesOf(value: Value): Attribute | undefined {
  const axis = constantInt(value)
  return axis === undefined ? listOf(value, constantInt) : [axis]
}

const paddingOf = (value: Value): Attribute | undefined =>
  value.kind === 'word' ? value.word : (constantInt(value) ?? listOf(value, paddingOf))

const padsOf = (value: Value): Attribute | undefined =>
  value.kind === 'word' ? value.word : (extentOf(value) ?? listOf(value, padsOf))

const readers = {
  int: constantInt,
  number: numberOf,
  bool: (value: Value) => (value.kind === 'bool' ? value.value : undefined),
  size: sizeOf,
  padding: paddingOf,
  pads: padsOf,
  ints: (value: Value) => listOf(value, constantInt),
  axes: axesOf,
  dims: (value: Value) => listOf(value, extentOf),
}

const wantedAs: Readonly<Record<keyof typeof readers, string>> = {
  int: 'an int that is known when the model is compiled',
  number: 'a number that is known when the model is compiled',
  bool: 'a bool',
  size: 'a size: an int, or [height, width]',
  padding: 'valid, same, half, an int, [h, w] or [[top, bottom], [left, right]]',
  pads: 'an int, [h, w] or [[top, bottom], [left, right]]',
  ints: 'a list of ints that are known when the model is compiled',
  axes: 'an axis, or a list of axes',
  dims: 'a list of ints',
}
