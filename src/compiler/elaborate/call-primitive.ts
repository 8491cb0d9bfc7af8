import { hasBatch, type Attribute, type Extent, type Node, type OpNode } from '../graph/graph.ts'
import { callOf } from '../primitives/call-of.ts'
import { isFree, keyOf, type Dim } from '../dim/expr.ts'
import { printShape } from '../dim/print.ts'
import { isPaddingKind, resolvePads, windowOf, type PaddingValue } from '../primitives/shape/padding.ts'
import type { Primitive } from '../primitives/primitive.ts'
import { opNode } from '../ir/op-node.ts'
import { primitives } from '../primitives/index.ts'
import type { Span } from '../text/source.ts'
import { asTensor } from './as-tensor.ts'
import { attributeOf } from './attribute.ts'
import { calledOp } from './called-op.ts'
import { fail, originAt, type Context } from './context.ts'
import { givenList } from './given-values.ts'
import { limits } from './limits.ts'
import { isOpenAttribute, openResult, withAnyExtents } from './open-attribute.ts'
import { reportProblem } from './reports/report-problem.ts'
import { failed, tensor, unknown, valueExtent, type Value, type Written, type Matched } from './value.ts'
import type { Call } from './call-site.ts'

/** A primitive applied to tensors (and numbers, which become constants) by position: what operators mean. */
export function applyPrimitive(name: string, values: readonly Written[], span: Span, ctx: Context, shown = name): Value {
  const primitive = primitives.get(name)!
  const names = Object.keys(primitive.signature)
  const matched: Matched = new Map(values.map((value, i) => [names[i]!, value]))
  return callPrimitive(
    primitive,
    { name, op: calledOp(shown, originAt(ctx, span)), segment: name, label: undefined, span },
    matched,
    ctx,
  )
}

/** A call of a primitive: checks its arguments against the signature, derives the shape, and makes the node. */
export function callPrimitive(primitive: Primitive, call: Call, matched: Matched, ctx: Context): Value {
  const origin = originAt(ctx, call.span)
  const args: Record<string, Node | readonly Node[]> = {}
  const attributes: Record<string, Attribute> = {}
  const open = new Map<string, Value>()
  let fine = true
  let isKnown = true
  for (const [name, parameter] of Object.entries(primitive.signature)) {
    const given = givenList(matched.get(name))
    if (given.some(({ value }) => value.kind === 'error')) return failed(origin)
    const isTensor = parameter.kind === 'tensors' || parameter.kind === 'tensor' || parameter.kind === 'optional_tensor'
    const place = { op: call.op, argument: name, span: given[0]?.span ?? call.span }
    if (isTensor && given.some(({ value }) => value.kind === 'unknown')) isKnown = false
    else if (parameter.kind === 'tensors') {
      const nodes = given.map(({ value, span }) => asTensor(value, { ...place, span }, ctx))
      if (nodes.length === 0)
        fail(ctx, 'call/missing-argument', { op: call.op, argument: name, wanted: 'at least one tensor' }, call.span)
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
    } else if (isOpenAttribute(given[0].value, parameter.kind)) {
      open.set(name, given[0].value)
    } else {
      const attribute = attributeOf(withAnyExtents(given[0].value, ctx), parameter.kind, parameter.default, place, ctx)
      if (attribute === undefined) fine = false
      else attributes[name] = attribute
    }
  }
  if (!fine) return failed(origin)
  if (!isKnown) return unknown(origin)
  return open.size > 0
    ? openResult(primitive, call, { args, attributes }, open, ctx)
    : makeNode(primitive, call, args, attributes, matched, ctx)
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
  const result = opNode(primitive, args, attributes)
  const isOpen = Object.values(args).flat().some(isOpenNode)
  if ('problem' in result && result.problem.code === 'value/too-large' && isOpen) return unknown(origin)
  if ('problem' in result)
    return reportProblem(result.problem, call.op, call.span, ctx, {
      tensors: mapsIn(args),
      nodes: Object.values(args).flat(),
      matched,
      primitive: primitive.name,
    })
  const { text: path, whole: at } = ctx.path.claim(call)
  const lists = extentLists(primitive, matched)
  for (const extent of result.requirements) ctx.run.builder.requirements.push({ extent, origin, path })
  const extents = result.shape.map((extent, axis): Extent => {
    const given = givenExtents(lists, extent.dim, axis)
    if ('origin' in extent) return given[0] ?? extent
    // without arithmetic the number is the one that the call was given
    if (extent.how === undefined && given[0]) return { ...given[0], from: [...(given[0].from ?? []), ...(extent.from ?? [])] }
    return { ...extent, origin, from: [...(extent.from ?? []), ...given] }
  })
  const large = extents.find(({ dim }) => typeof dim === 'number' && dim > limits.elements)
  if (large)
    return fail(ctx, 'limit/elements', { shape: printShape(extents), bound: limits.elements.toLocaleString('en-US') }, call.span)
  const type = { shape: extents, depends: result.depends }
  const { site, frozen } = ctx
  return tensor(
    ctx.run.builder.op(primitive.name, args, attributes, type, { at, origin, site, frozen }),
    origin,
  )
}

/** The lists of extents that a call is given: `[like.height, like.width]` of a resizing. */
const extentLists = (primitive: Primitive, matched: Matched): readonly Value[] =>
  Object.keys(primitive.signature)
    .filter((name) => primitive.signature[name]!.kind === 'dims')
    .flatMap((name) => givenList(matched.get(name)).map(({ value }) => value))

/** What the call itself says of an extent of its result. */
const givenExtents = (lists: readonly Value[], dim: Dim, axis: number): readonly Extent[] =>
  lists.flatMap((value) => {
    const item = value.kind === 'list' ? value.items[axis] : undefined
    const isDecidedThere = item?.kind === 'int' && keyOf(item.dim) === keyOf(dim) && !item.origin.span.source.library
    return isDecidedThere ? [valueExtent(item)] : []
  })

/** The tensors that meet in a call; the weights of the library's ops stay out of it. */
const mapsIn = (args: OpNode['args']): readonly Node[] =>
  Object.values(args)
    .flat()
    .filter((node) => hasBatch(node.type) || (node.kind !== 'op' && node.kind !== 'constant' && !node.origins[0].span.source.library))

/** Whether a caller decides how long an axis is. */
const isOpenNode = ({ type }: Node): boolean => type.shape.some(({ dim }) => isFree(dim))

/** What a written padding means for this window; other attributes stay as they are. */
function withPadding(
  primitive: Primitive,
  call: Call,
  args: OpNode['args'],
  attributes: Readonly<Record<string, Attribute>>,
  matched: Matched,
  ctx: Context,
): Readonly<Record<string, Attribute>> | undefined {
  const [parameter] = Object.entries(primitive.signature).flatMap(([name, { kind }]) => (isPaddingKind(kind) ? [{ name, kind }] : []))
  if (!parameter) return attributes
  const { name } = parameter
  const window = windowOf(callOf({ args, attributes }, primitive))
  const padding = resolvePads(call.op, parameter, attributes[name] as PaddingValue, window)
  if (typeof padding === 'object' && 'problem' in padding) {
    // what is no padding for this window may be no window: then that is the mistake
    const unpadded = opNode(primitive, args, { ...attributes, [name]: [[0, 0], [0, 0]] })
    const worse = 'problem' in unpadded && unpadded.problem.code === 'shape/rank'
    reportProblem(worse ? unpadded.problem : padding.problem, call.op, call.span, ctx, { tensors: [], matched })
    return undefined
  }
  return { ...attributes, [name]: padding }
}
