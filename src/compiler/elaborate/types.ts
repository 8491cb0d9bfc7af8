import type { TypeExpr } from '../ast.ts'
import { didYouMean } from '../did-you-mean.ts'
import { integral } from '../dim/prove.ts'
import { printDim } from '../dim/print.ts'
import { namedInitializers } from '../initializer.ts'
import { textOf, type Span } from '../source.ts'
import { fail, type Context } from './context.ts'
import { enums } from './enums.ts'
import { matchShape, type PatternScope } from './match-shape.ts'
import { describe, float, list, numberOf, type Value } from './value.ts'

/** Where an argument stands, and for which parameter: what a message about it needs. */
export interface Place {
  readonly op: string
  readonly argument: string
  readonly span: Span
  /** The whole call, where two arguments do not fit each other. */
  readonly call: Span
}

/**
 * Brings a value to the type of its parameter: ints become floats and sizes, words and numbers initialisers; tensors are matched with
 * their shape. Reports in `ctx` (the caller's) and gives undefined where the value does not fit.
 */
export function coerce(value: Value, type: TypeExpr, place: Place, ctx: Context, patterns: PatternScope): Value | undefined {
  if (value.kind === 'error') return undefined
  if (type.suffix === '?' && value.kind === 'none') return value
  if (type.kind === 'shape') {
    if (value.kind !== 'tensor') return mismatch(value, `a tensor ${textOf(type.shape.span)}`, place, ctx)
    return matchShape(type.shape, value, place, ctx, patterns) ? value : undefined
  }
  return type.lists > 0 ? coerceList(value, type, place, ctx, patterns) : coerceNamed(value, type.name.name, place, ctx, type.name.span)
}

function coerceList(value: Value, type: TypeExpr & { kind: 'named' }, place: Place, ctx: Context, patterns: PatternScope): Value | undefined {
  if (value.kind !== 'list') return mismatch(value, textOf(type.span), place, ctx)
  const element: TypeExpr = { ...type, lists: type.lists - 1, suffix: '' }
  const items = value.items.map((item) => coerce(item, element, place, ctx, patterns))
  return items.every((item) => item !== undefined) ? list(items, value.origin) : undefined
}

function coerceNamed(value: Value, type: string, place: Place, ctx: Context, typeSpan: Span): Value | undefined {
  switch (type) {
    case 'tensor':
      return value.kind === 'tensor' ? value : mismatch(value, 'a tensor', place, ctx)
    case 'block':
      return value.kind === 'block' ? value : mismatch(value, 'a block', place, ctx)
    case 'bool':
      return value.kind === 'bool' ? value : mismatch(value, 'a bool', place, ctx)
    case 'string':
      return value.kind === 'text' ? value : mismatch(value, 'a text', place, ctx)
    case 'int':
      return coerceInt(value, place, ctx)
    case 'float': {
      const number = numberOf(value)
      return number === undefined ? mismatch(value, 'a number', place, ctx) : float(number, value.origin)
    }
    case 'size':
      return coerceSize(value, place, ctx)
    case 'padding':
      return isPadding(value) ? value : mismatch(value, `${enums['padding']!.join(', ')}, an int, [h, w] or [[top, bottom], [left, right]]`, place, ctx)
    case 'init':
      return coerceInit(value, place, ctx)
    default:
      return coerceWord(value, type, place, ctx, typeSpan)
  }
}

function mismatch(value: Value, wanted: string, { op, argument, span }: Place, ctx: Context): undefined {
  fail(ctx, 'type/mismatch', { what: `${op}'s ${argument}`, wanted, found: describe(value) }, span, {
    notes: notesOn(value),
  })
  return undefined
}

function notesOn(value: Value): readonly string[] {
  if (value.kind === 'results') return ['take one of the results first: a, b = …']
  return value.kind === 'text' ? [`without quotes ${value.value.toLowerCase()} is a word or the name of an op`] : []
}

function coerceInt(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind !== 'int') {
    if (value.kind !== 'float') return mismatch(value, 'an int', place, ctx)
    const notes = ['floats never become ints silently: use floor, ceil or round']
    fail(ctx, 'type/not-an-int', { what: `${place.op}'s ${place.argument}`, value: String(value.value) }, place.span, { notes })
    return undefined
  }
  const whole = integral(value.dim)
  if (whole.kind === 'proved') return value
  const missing = whole.kind === 'unknown' && whole.missing ? [`it is one with \`where ${whole.missing}\` at the input`] : []
  fail(ctx, 'type/not-an-int', { what: `${place.op}'s ${place.argument}`, value: printDim(value.dim) }, place.span, { notes: missing })
  return undefined
}

function coerceSize(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind === 'list') {
    const items = value.items.map((item) => coerceInt(item, place, ctx))
    if (items.some((item) => item === undefined)) return undefined
    return value.items.length === 2 ? value : mismatch(value, 'a size: an int, or [height, width]', place, ctx)
  }
  const side = coerceInt(value, place, ctx)
  return side && list([side, side], value.origin)
}

/** Whether a value can be a padding at all; which of its forms it is, is for the op that pads. */
const isPadding = (value: Value): boolean =>
  value.kind === 'int' || value.kind === 'word' || (value.kind === 'list' && value.items.every(isPadding))

function coerceInit(value: Value, place: Place, ctx: Context): Value | undefined {
  if (value.kind === 'init') return value
  if (value.kind === 'word') return { kind: 'init', init: namedInitializers[value.word]!, origin: value.origin }
  const number = numberOf(value)
  if (number !== undefined) return { kind: 'init', init: { kind: 'constant', value: number }, origin: value.origin }
  const numbers = value.kind === 'list' ? flatNumbers(value.items) : undefined
  if (numbers) return { kind: 'init', init: { kind: 'values', values: numbers }, origin: value.origin }
  return mismatch(value, 'an initialiser: a word such as he_normal, a number, a list of numbers, uniform(min, max), …', place, ctx)
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

function coerceWord(value: Value, type: string, place: Place, ctx: Context, typeSpan: Span): Value | undefined {
  const words = enums[type]
  if (!words) {
    const near = didYouMean(type, [...typeNames, ...Object.keys(enums)])
    fail(ctx, 'name/unknown', { what: 'type', name: type }, typeSpan, { notes: near ? [`did you mean ${near}?`] : [] })
    return undefined
  }
  return value.kind === 'word' && words.includes(value.word) ? value : mismatch(value, words.join(' or '), place, ctx)
}

const typeNames: readonly string[] = ['tensor', 'block', 'bool', 'string', 'int', 'float', 'size']
