import type { Fix } from '../diagnostics.ts'
import type { Attribute, Extent, Node, OpNode } from '../graph.ts'
import { callOf } from '../call-of.ts'
import { ExtentOverflow, keyOf, type Dim } from '../dim/expr.ts'
import { integral, atLeast } from '../dim/prove.ts'
import { printShape } from '../dim/print.ts'
import { resolvePadding, windowOf, type PaddingValue } from '../primitives/padding.ts'
import type { Kind, Primitive, Problem, ResultShape } from '../primitives/primitive.ts'
import { primitives } from '../primitives/index.ts'
import { userOrigin, type Origin, type Span } from '../source.ts'
import { argumentOf } from './argument-of.ts'
import type { Matched } from './arguments.ts'
import { asTensor } from './as-tensor.ts'
import { blamedArgument } from './blamed-argument.ts'
import { channelsFirst } from './channels-first.ts'
import { remediesOf } from './remedies.ts'
import type { Call } from './call.ts'
import { calledOp } from './called-op.ts'
import { fail, originAt, type Context } from './context.ts'
import { divisorFixes } from './divisor-fixes.ts'
import { givenList } from './given-values.ts'
import { limits } from './limits.ts'
import { opMeant } from './other-frameworks.ts'
import { reportFraction } from './types.ts'
import { describe, failed, numberOf, tensor, valueExtent, type Value } from './value.ts'

/** A primitive applied to tensors (and numbers, which become constants) by position: what operators mean. */
export function applyPrimitive(name: string, values: readonly Value[], span: Span, ctx: Context, shown = name): Value {
  const primitive = primitives.get(name)!
  const names = Object.keys(primitive.signature)
  const matched: Matched = new Map(values.map((value, i) => [names[i]!, { value, span }]))
  return callPrimitive(primitive, { name, op: calledOp(shown, originAt(ctx, span)), segment: name, labelled: false, span }, matched, ctx)
}

/** A call of a primitive: checks its arguments against the signature, derives the shape, and makes the node. */
export function callPrimitive(primitive: Primitive, call: Call, matched: Matched, ctx: Context): Value {
  const origin = originAt(ctx, call.span)
  const args: Record<string, Node | readonly Node[]> = {}
  const attributes: Record<string, Attribute> = {}
  let fine = true
  for (const [name, parameter] of Object.entries(primitive.signature)) {
    const given = givenList(matched.get(name))
    if (given.some(({ value }) => value.kind === 'error')) return failed(origin)
    const place = { op: call.op, argument: name, span: given[0]?.span ?? call.span }
    if (parameter.kind === 'tensors') {
      const nodes = given.map(({ value, span }) => asTensor(value, { ...place, span }, ctx))
      if (nodes.length === 0) fail(ctx, 'call/missing-argument', { op: call.op, argument: name, wanted: 'at least one tensor' }, call.span)
      if (nodes.length === 0 || nodes.some((node) => node === undefined)) fine = false
      else args[name] = nodes.filter((node) => node !== undefined)
    } else if (parameter.kind === 'tensor' || parameter.kind === 'optional_tensor') {
      const value = given[0]?.value
      if (parameter.kind === 'optional_tensor' && (value === undefined || value.kind === 'none')) continue
      const node = value && asTensor(value, place, ctx)
      if (node) args[name] = node
      else fine = false
    } else if (given[0] === undefined) {
      attributes[name] = parameter.default as Attribute
    } else {
      const attribute = attributeOf(given[0].value, parameter.kind, parameter.default, place, ctx)
      if (attribute === undefined) fine = false
      else attributes[name] = attribute
    }
  }
  return fine ? makeNode(primitive, call, args, attributes, matched, ctx) : failed(origin)
}

function makeNode(
  primitive: Primitive,
  call: Call,
  args: OpNode['args'],
  written: Readonly<Record<string, Attribute>>,
  matched: Matched,
  ctx: Context,
): Value {
  const origin = originAt(ctx, call.span)
  const attributes = withPadding(primitive, call, args, written, matched, ctx)
  if (!attributes) return failed(origin)
  const shape = shapeOf(primitive, callOf({ args, attributes }, primitive))
  if (!shape) return fail(ctx, 'value/too-large', {}, call.span)
  if ('problem' in shape) return reportProblem(shape.problem, call.op, call.span, ctx, { tensors: mapsIn(args), matched })
  const path = ctx.path.claim(call.segment)
  const extents = shape.map((extent, axis): Extent => {
    if ('origin' in extent) return extent
    if (atLeast(extent.dim, 1).kind === 'unknown') ctx.run.builder.requirements.push({ extent: extent.dim, origin, path })
    return { ...extent, origin, from: [...(extent.from ?? []), ...givenExtents(primitive, matched, extent.dim, axis)] }
  })
  const large = extents.find(({ dim }) => typeof dim === 'number' && dim > limits.elements)
  if (large) return fail(ctx, 'limit/elements', { shape: printShape(extents), bound: limits.elements.toLocaleString('en-US') }, call.span)
  const batched = Object.values(args).some((arg) => ('type' in arg ? arg.type.batched : arg.some((node) => node.type.batched)))
  return tensor(ctx.run.builder.op(primitive.name, args, attributes, { shape: extents, batched }, { path, origin, frozen: ctx.frozen }), origin)
}

/** What the call itself says of an extent of its result: `resize(to: [like.height, like.width])`. */
const givenExtents = (primitive: Primitive, matched: Matched, dim: Dim, axis: number): readonly Extent[] =>
  Object.entries(primitive.signature).flatMap(([name, { kind }]) => {
    const [given] = kind === 'dims' ? givenList(matched.get(name)) : []
    const item = given?.value.kind === 'list' ? given.value.items[axis] : undefined
    const isDecidedThere = item?.kind === 'int' && keyOf(item.dim) === keyOf(dim) && !item.origin.span.source.library
    return isDecidedThere ? [valueExtent(item)] : []
  })

/** The maps that meet in a call; weights stay out of it. */
const mapsIn = (args: OpNode['args']): readonly Node[] =>
  Object.values(args)
    .flat()
    .filter((node) => node.type.batched)

/** The shape of the result; undefined when it is too large to compute exactly. */
function shapeOf(primitive: Primitive, call: Parameters<Primitive['shape']>[0]): ResultShape | undefined {
  try {
    return primitive.shape(call)
  } catch (error) {
    if (error instanceof ExtentOverflow) return undefined
    throw error
  }
}

/** What a written padding means for this window; other attributes stay as they are. */
function withPadding(
  primitive: Primitive,
  call: Call,
  args: OpNode['args'],
  attributes: Readonly<Record<string, Attribute>>,
  matched: Matched,
  ctx: Context,
): Readonly<Record<string, Attribute>> | undefined {
  const name = Object.keys(primitive.signature).find((parameter) => primitive.signature[parameter]!.kind === 'padding')
  if (name === undefined) return attributes
  const window = windowOf(callOf({ args, attributes }, primitive))
  const padding = resolvePadding(call.op, attributes[name] as PaddingValue, window)
  if (typeof padding === 'object' && 'problem' in padding) {
    // what is no padding for this window may be no window: then that is the mistake
    const unpadded = shapeOf(primitive, callOf({ args, attributes: { ...attributes, [name]: [[0, 0], [0, 0]] } }, primitive))
    const worse = unpadded && 'problem' in unpadded && unpadded.problem.code === 'shape/rank'
    reportProblem(worse ? unpadded.problem : padding.problem, call.op, call.span, ctx, { tensors: [], matched })
    return undefined
  }
  return { ...attributes, [name]: padding }
}

/** What a call was given, for the labels and remedies of its problem. */
interface Meeting {
  readonly tensors: readonly Node[]
  readonly matched: Matched
}

/** A shape rule's problem as a diagnostic, under the name of the op the user called, at the argument that is wrong by itself or at the call. */
export function reportProblem(problem: Problem, op: string, span: Span, ctx: Context, given: Meeting = { tensors: [], matched: new Map() }): Value {
  const { code, facts, labels, notes = [] } = problem
  const origin = originAt(ctx, span)
  const called = userOrigin(origin).span
  const remedies = remediesOf(problem, given.tensors, called, ctx)
  const turned = code === 'shape/window-too-large' ? channelsFirst(ctx) : undefined
  ctx.run.reporter.add(code, { ...facts, op }, blamedArgument(problem, given.matched) ?? origin, {
    labels: [
      ...(given.tensors.length > 0 ? [{ origin, text: shapesOf(given.tensors) }] : []),
      ...labels.map(({ extent, text }) => ({ origin: extent.origin, text: isAt(extent.origin, called) ? `in an earlier turn, ${text}` : text })),
    ],
    notes: [...notes, ...remedies.notes, ...(turned?.notes ?? []), ...asLayer(op, code)],
    fixes: [...remedies.fixes, ...(turned?.fixes ?? []), ...(code === 'shape/groups' ? groupFixes(facts, given) : [])],
  })
  return failed(origin)
}

/** Another number of groups, which divides the filters and the channels. */
function groupFixes({ filters }: Problem['facts'], { tensors, matched }: Meeting): readonly Fix[] {
  const groups = givenList(matched.get('groups'))[0]?.value
  const channels = tensors[0]?.type.shape.at(-1)?.dim
  return groups?.kind === 'int' && typeof channels === 'number' ? divisorFixes(groups, [Number(filters), channels]) : []
}

/** A primitive called as if it had weights of its own. */
function asLayer(op: string, code: Problem['code']): readonly string[] {
  const layer = primitives.has(op) && code === 'shape/rank' ? opMeant(op) : undefined
  return layer === undefined ? [] : [`the op that makes its own weights is ${layer}`]
}

function shapesOf(tensors: readonly Node[]): string {
  const shapes = tensors.map(({ type }) => printShape(type.shape))
  return [...(shapes.length > 1 ? [shapes.slice(0, -1).join(', ')] : []), ...shapes.slice(-1)].join(' and ')
}

/** A call whose own result is too small for it is one of a loop. */
const isAt = (origin: Origin, call: Span): boolean => {
  const { span } = userOrigin(origin)
  return span.source === call.source && span.start === call.start && span.end === call.end
}

interface AttributePlace {
  readonly op: string
  readonly argument: string
  readonly span: Span
}

/** A compile-time value as the attribute a parameter's kind takes; reports one that does not fit. */
function attributeOf(
  value: Value,
  kind: Exclude<Kind, 'tensor' | 'tensors' | 'optional_tensor'> | { readonly words: readonly string[] },
  fallback: unknown,
  place: AttributePlace,
  ctx: Context,
): Attribute | undefined {
  if (value.kind === 'none' && fallback === null) return null
  const attribute = typeof kind === 'object' ? wordOf(value, kind.words) : readers[kind](value)
  if (attribute !== undefined) return attribute
  const fraction = kind === 'dims' && value.kind === 'list' ? value.items.find((item) => item.kind === 'int' && extentOf(item) === undefined) : undefined
  if (fraction?.kind === 'int') {
    reportFraction(fraction, place, ctx)
    return undefined
  }
  const wanted = typeof kind === 'object' ? kind.words.join(' or ') : wantedAs[kind]
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted, found: describe(value) }, place.span, {
    labels: [{ origin: value.origin, text: `${describe(value)} comes from here` }],
  })
  return undefined
}

const wordOf = (value: Value, words: readonly string[]): Attribute | undefined =>
  value.kind === 'word' && words.includes(value.word) ? value.word : undefined

const constantInt = (value: Value): number | undefined => (value.kind === 'int' && typeof value.dim === 'number' ? value.dim : undefined)

const extentOf = (value: Value): Attribute | undefined =>
  value.kind === 'int' && integral(value.dim).kind === 'proved' ? value.dim : undefined

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

const paddingOf = (value: Value): Attribute | undefined =>
  value.kind === 'word' ? value.word : (constantInt(value) ?? listOf(value, paddingOf))

const readers = {
  int: constantInt,
  number: numberOf,
  bool: (value: Value) => (value.kind === 'bool' ? value.value : undefined),
  size: sizeOf,
  padding: paddingOf,
  ints: (value: Value) => listOf(value, constantInt),
  dims: (value: Value) => listOf(value, extentOf),
}

const wantedAs: Readonly<Record<keyof typeof readers, string>> = {
  int: 'an int that is known when the model is compiled',
  number: 'a number that is known when the model is compiled',
  bool: 'a bool',
  size: 'a size: an int, or [height, width]',
  padding: 'valid, same, half, an int, [h, w] or [[top, bottom], [left, right]]',
  ints: 'a list of ints that are known when the model is compiled',
  dims: 'a list of ints',
}
