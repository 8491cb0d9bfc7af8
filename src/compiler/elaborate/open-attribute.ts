import type { Attribute, OpNode } from '../graph/graph.ts'
import { keyOf } from '../dim/expr.ts'
import { opNode } from '../ir/op-node.ts'
import { callOf } from '../primitives/call-of.ts'
import { isPaddingKind, resolvePads, windowOf, type PaddingValue } from '../primitives/shape/padding.ts'
import type { Kind, Primitive, ResultExtent } from '../primitives/primitive.ts'
import type { Call } from './call-site.ts'
import { originAt, type Context } from './context.ts'
import { int, isOpen, list, tensor, unknown, type Value } from './value.ts'

type AttributeKind = Exclude<Kind, 'tensor' | 'tensors' | 'optional_tensor'> | { readonly words: readonly string[] }

/** Whether a caller decides an attribute; extents may be any, where their number is known. */
export const isOpenAttribute = (value: Value, kind: AttributeKind): boolean =>
  kind === 'dims' || kind === 'pads' ? value.kind === 'unknown' : isOpen(value)

/** A list of extents with any in place of those that are not known. */
export function withAnyExtents(value: Value, ctx: Context): Value {
  const { standIns } = ctx.run
  return value.kind === 'list' && standIns
    ? list(
        value.items.map((item) => (item.kind === 'unknown' ? int(standIns.unnamed(), item.origin) : withAnyExtents(item, ctx))),
        value.origin,
      )
    : value
}

/**
 * The result of a call some of whose attributes a caller decides: a tensor whose extents are those that every choice of them
 * gives, and any where they differ; unknown where not even the number of axes is one for all.
 */
export function openResult(
  primitive: Primitive,
  call: Call,
  known: Pick<OpNode, 'args' | 'attributes'>,
  open: ReadonlyMap<string, Value>,
  ctx: Context,
): Value {
  const origin = originAt(ctx, call.span)
  const shapes = Array.from({ length: choices }, (_, choice) => {
    const attributes = { ...known.attributes }
    for (const [name, value] of open) {
      const chosen = chosenFor(value, primitive.signature[name]!.kind, choice)
      if (chosen === undefined) return []
      attributes[name] = chosen
    }
    return shapeWith(primitive, { args: known.args, attributes })
  }).flat()
  const [first, ...others] = shapes
  if (!first || others.some((shape) => shape.length !== first.length)) return unknown(origin)
  const { standIns, builder } = ctx.run
  const shape = first.map(({ dim }, axis) => {
    const isOne = others.length > 0 && others.every((other) => keyOf(other[axis]!.dim) === keyOf(dim))
    return { dim: isOne ? dim : (standIns?.unnamed() ?? dim), origin }
  })
  const { whole: at } = ctx.path.claim(call)
  return tensor(builder.standIn({ shape, depends: 'inputs' }, { at, origin, site: ctx.site }), origin)
}

/** So many choices are compared: an extent that is the same in all of them does not depend on what is chosen. */
const choices = 4

/** The shape that a call gives; none where it is refused. */
function shapeWith(
  primitive: Primitive,
  { args, attributes }: Pick<OpNode, 'args' | 'attributes'>,
): readonly (readonly ResultExtent[])[] {
  const resolved = { ...attributes }
  for (const [name, { kind }] of Object.entries(primitive.signature)) {
    if (!isPaddingKind(kind)) continue
    const window = windowOf(callOf({ args, attributes }, primitive))
    const padding = resolvePads(primitive.name, { name, kind }, attributes[name] as PaddingValue, window)
    if (typeof padding === 'object' && 'problem' in padding) return []
    resolved[name] = padding
  }
  const result = opNode(primitive, args, resolved)
  return 'problem' in result ? [] : [result.shape]
}

/** One of the values that a caller may choose; undefined where that is a list of any length. */
function chosenFor(value: Value, kind: Primitive['signature'][string]['kind'], choice: number): Attribute | undefined {
  if (typeof kind === 'object') return kind.words[choice % kind.words.length]
  if (value.kind === 'int' && typeof value.dim === 'number') return value.dim
  if (value.kind === 'list') {
    const items = value.items.map((item) => chosenFor(item, 'int', choice))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  switch (kind) {
    case 'int':
      return [1, 2, 3, 0][choice]
    case 'number':
      return [0.5, 0.25, 0.75, 1][choice]
    case 'bool':
      return choice % 2 === 0
    case 'size':
      return [choice + 1, choice + 1]
    case 'padding':
      return ['same', 0, 1, 2][choice]
    case 'pads':
      return choice
    default:
      return undefined
  }
}
