import type { Identifier, ListExpr, TypeExpr } from '../syntax/ast.ts'
import { integral, isGranted } from '../dim/prove.ts'
import { namedInitializers } from '../graph/initializer.ts'
import { contains, textOf } from '../text/source.ts'
import { fail, type Context } from './context.ts'
import { listAsTensor } from './as-tensor.ts'
import { argumentOf } from './reports/argument-of.ts'
import { enums, paddingWords } from './enums.ts'
import { mismatch } from './reports/mismatch.ts'
import { reportFraction } from './reports/fraction.ts'
import { unknownType } from './type-names.ts'
import { matchShape, type PatternScope } from './match-shape.ts'
import { anyTensor } from './stand-in.ts'
import { float, isOpen, list, numberOf, printFloat, unknown, type ListValue, type Value } from './value.ts'
import type { Place } from './place.ts'

/**
 * Brings a value to the type of its parameter: ints become floats and sizes, words and numbers initialisers; tensors are matched
 * with their shape. Reports in `ctx` (the caller's) and gives undefined where the value does not fit.
 */
export function coerce(value: Value, type: TypeExpr, place: Place, ctx: Context, patterns: PatternScope): Value | undefined {
  if (value.kind === 'error') return undefined
  if (value.kind === 'unknown') return anyOf(value, type, patterns)
  if (type.suffix === '?' && value.kind === 'none') return value
  const rank = type.kind === 'shape' ? rankOf(type.shape) : undefined
  const numbers = value.kind === 'list' && isOfTensor(type) ? listAsTensor(value, rank, place.span, ctx) : undefined
  if (numbers) return coerce(numbers, type, place, ctx, patterns)
  if (type.kind === 'shape') {
    if (value.kind !== 'tensor') return mismatch(value, { kind: 'tensor', text: `a tensor ${textOf(type.shape.span)}` }, place, ctx)
    return matchShape(type.shape, value, place, ctx, patterns) ? value : undefined
  }
  return type.lists > 0
    ? coerceList(value, type, place, ctx, patterns)
    : coerceNamed(value, type.name, place, ctx)
}

const isOfTensor = (type: TypeExpr): boolean => type.kind === 'shape' || (type.name.name === 'tensor' && type.lists === 0)

/** How many axes a shape has; undefined where it takes any number of them. */
const rankOf = ({ items }: ListExpr): number | undefined => (items.some(({ kind }) => kind === 'spread') ? undefined : items.length)

const wantedAs = {
  tensor: 'a tensor',
  block: 'a block',
  bool: 'a bool',
  text: 'a text',
  int: 'an int',
  float: 'a number',
  size: 'a size: an int, or [height, width]',
  axes: 'an axis, or a list of axes',
  padding: `${paddingWords.join(', ')}, an int, [h, w] or [[top, bottom], [left, right]]`,
  init: 'an initialiser: a word such as he_normal, a number, a list of numbers, uniform(min, max), …',
} as const

/** What is known of an argument because it has to fit. */
function anyOf({ origin }: Value, type: TypeExpr, patterns: PatternScope): Value {
  if (type.suffix === '?') return unknown(origin)
  if (type.kind === 'shape') return anyTensor(type.shape, origin, patterns)
  return type.name.name === 'size' && type.lists === 0 ? list([unknown(origin), unknown(origin)], origin) : unknown(origin)
}

/** An element of a list, where it stands in the list as it was written. */
function elementOf(place: Place, index: number, { kind, origin }: Value): Place {
  const isWritten = kind !== 'list' && contains(place.span, origin.span)
  return { ...place, argument: `${place.argument}[${index}]`, isElement: true, span: isWritten ? origin.span : place.span }
}

function coerceList(
  value: Value,
  type: TypeExpr & { kind: 'named' },
  place: Place,
  ctx: Context,
  patterns: PatternScope,
): Value | undefined {
  if (value.kind !== 'list') return mismatch(value, { kind: 'list', text: textOf(type.span) }, place, ctx)
  const element: TypeExpr = { ...type, lists: type.lists - 1, suffix: '' }
  return coerceItems(value, (item, i) => coerce(item, element, elementOf(place, i, item), ctx, patterns))
}

/** The elements of a list, each brought to its type; the first that does not fit is what is said of the list. */
function coerceItems(
  { items, origin }: ListValue,
  coerceItem: (item: Value, index: number) => Value | undefined,
): ListValue | undefined {
  const fitting: Value[] = []
  for (const [i, item] of items.entries()) {
    const one = coerceItem(item, i)
    if (!one) return undefined
    fitting.push(one)
  }
  return list(fitting, origin)
}

function coerceNamed(value: Value, type: Identifier, place: Place, ctx: Context): Value | undefined {
  const refuse = (wanted: keyof typeof wantedAs): undefined =>
    mismatch(value, { kind: wanted, text: wantedAs[wanted] }, place, ctx)
  switch (type.name) {
    case 'tensor':
      return value.kind === 'tensor' ? value : refuse('tensor')
    case 'block':
      return value.kind === 'block' ? value : refuse('block')
    case 'bool':
      return value.kind === 'bool' ? value : refuse('bool')
    case 'string':
      return value.kind === 'text' ? value : refuse('text')
    case 'int':
      return coerceInt(value, place, ctx)
    case 'float': {
      const number = numberOf(value)
      if (number === undefined && value.kind === 'int' && isOpen(value)) return unknown(value.origin)
      return number === undefined ? refuse('float') : float(number, value.origin)
    }
    case 'size':
      return coerceSize(value, place, ctx)
    case 'axes':
      return coerceAxes(value, place, ctx)
    case 'padding':
      return isPadding(value) ? value : refuse('padding')
    case 'init':
      return initOf(value) ?? refuse('init')
    default:
      return coerceWord(value, type, place, ctx)
  }
}

function coerceInt(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind === 'unknown') return value
  if (value.kind !== 'int') {
    if (value.kind !== 'float') return mismatch(value, { kind: 'int', text: wantedAs.int }, place, ctx)
    fail(
      ctx,
      'type/not-an-int',
      { what: argumentOf(place), value: Number.isInteger(value.value) ? value.value.toFixed(1) : printFloat(value.value) },
      place.span,
      { cause: { kind: 'float-for-int', value } },
    )
    return undefined
  }
  if (isGranted(integral(value.dim))) return value
  reportFraction(value, place, ctx)
  return undefined
}

function coerceSize(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind === 'list') {
    if (!coerceItems(value, (item, i) => coerceInt(item, elementOf(place, i, item), ctx))) return undefined
    return value.items.length === 2 ? value : mismatch(value, { kind: 'size', text: wantedAs.size }, place, ctx)
  }
  const side = coerceInt(value, place, ctx)
  return side && list([side, side], value.origin)
}

function coerceAxes(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind === 'list') return coerceItems(value, (item, i) => coerceInt(item, elementOf(place, i, item), ctx))
  if (value.kind !== 'int' && value.kind !== 'float') return mismatch(value, { kind: 'axes', text: wantedAs.axes }, place, ctx)
  const axis = coerceInt(value, place, ctx)
  return axis && list([axis], value.origin)
}

/** Whether a value can be a padding at all; which of its forms it is, is for the op that pads. */
const isPadding = (value: Value): boolean =>
  value.kind === 'list' ? value.items.every(isPadding) : ['unknown', 'int', 'word'].includes(value.kind)

/** A value as an initializer, where it can be one. */
function initOf(value: Value): Value | undefined {
  if (value.kind === 'init') return value
  const named = value.kind === 'word' ? namedInitializers.get(value.word) : undefined
  if (named) return { kind: 'init', init: named, origin: value.origin }
  const number = numberOf(value)
  if (number !== undefined) return { kind: 'init', init: { kind: 'constant', value: number }, origin: value.origin }
  if (isOpen(value)) return unknown(value.origin)
  const numbers = value.kind === 'list' ? flatNumbers(value.items) : undefined
  return numbers && { kind: 'init', init: { kind: 'values', values: numbers }, origin: value.origin }
}

function flatNumbers(items: readonly Value[]): readonly number[] | undefined {
  const numbers: number[] = []
  for (const item of items) {
    const number = numberOf(item)
    const inner = number !== undefined ? [number] : item.kind === 'list' ? flatNumbers(item.items) : undefined
    if (!inner) return undefined
    numbers.push(...inner)
  }
  return numbers
}

function coerceWord(value: Value, type: Identifier, place: Place, ctx: Context): Value | undefined {
  const words = enums.get(type.name)
  if (!words) {
    unknownType(type, ctx)
    return undefined
  }
  return value.kind === 'word' && words.includes(value.word)
    ? value
    : mismatch(value, { kind: 'word', text: words.join(' or ') }, place, ctx)
}
