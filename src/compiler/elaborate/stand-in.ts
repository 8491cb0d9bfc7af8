import type { Expr, ListExpr, Parameter } from '../syntax/ast.ts'
import type { Dim } from '../dim/expr.ts'
import type { Extent, Shape } from '../graph/graph.ts'
import type { Origin } from '../text/source.ts'
import { originAt, type Context, type StandIns } from './context.ts'
import { evaluate } from './evaluate.ts'
import type { PatternScope } from './match-shape.ts'
import { extentValue, int, list, tensor, unknown, type TensorValue, type Value } from './value.ts'

/**
 * What stands for the argument that a parameter without a default is given: a tensor of the shape it declares, an int of at
 * least 1; what else it may be is unknown.
 */
export function standIn({ name, type }: Parameter, patterns: PatternScope): Value {
  const { ctx } = patterns
  const { standIns } = ctx.run
  const origin = originAt(ctx, name.span)
  if (!standIns) return unknown(origin)
  const one = (): Value => {
    if (type.kind === 'shape') return declaredTensor(type.shape, name.name, standIns, patterns)
    if (type.lists > 0) return unknown(origin)
    switch (type.name.name) {
      case 'tensor':
        return tensorOf(
          Array.from({ length: standIns.rest + 1 }, () => ({ dim: standIns.unnamed(), origin })),
          name.name,
          origin,
          ctx,
        )
      case 'int':
        return int(standIns.int(name.name), origin)
      case 'size':
        return list(
          [0, 1].map((axis) => int(standIns.int(`${name.name}[${axis}]`), origin)),
          origin,
        )
      default:
        return unknown(origin)
    }
  }
  return type.suffix === '...' ? list(Array.from({ length: standIns.maps }, one), origin) : one()
}

/** A tensor of the shape that a parameter declares, whose new names are extents of their own. */
function declaredTensor(pattern: ListExpr, argument: string, standIns: StandIns, patterns: PatternScope): Value {
  const { ctx, boundBy } = patterns
  const bound: string[] = []
  const shape = matchedExtents(pattern, patterns, (name, axis) => {
    if (name !== undefined) bound.push(name)
    return { dim: name === undefined ? standIns.unnamed() : standIns.extent(name), origin: originAt(ctx, axis.span) }
  })
  const value = tensorOf(shape, argument, originAt(ctx, pattern.span), ctx)
  for (const name of bound) {
    const axis = pattern.items.findIndex((item) => item.value.kind === 'name' && item.value.name === name)
    if (axis >= 0) boundBy.set(name, { argument, axis, rank: shape.length, node: value.node })
  }
  return value
}

/** A tensor of which nothing is known but that it is of this shape, as an argument has to be. */
export function anyTensor(pattern: ListExpr, origin: Origin, patterns: PatternScope): Value {
  const { standIns } = patterns.ctx.run
  if (!standIns) return unknown(origin)
  const shape = matchedExtents(pattern, patterns, () => ({ dim: standIns.unnamed(), origin }))
  return tensorOf(shape, '', origin, patterns.ctx)
}

function tensorOf(shape: Shape, name: string, origin: Origin, { run, path, site }: Context): TensorValue {
  const making = { at: name === '' ? path.own.whole : [name], origin, site }
  return tensor(run.builder.standIn({ shape, depends: 'inputs' }, making), origin)
}

/** The extents of a pattern in order; its new names are bound to what `extent` makes of them. */
function matchedExtents(
  pattern: ListExpr,
  { ctx }: PatternScope,
  extent: (name: string | undefined, axis: Expr) => Extent,
): Shape {
  const { scope } = ctx
  return pattern.items.flatMap(({ kind, value: axis }): readonly Extent[] => {
    if (kind === 'spread') return restOf(axis, ctx, extent)
    if (axis.kind === 'hole') return [extent(undefined, axis)]
    if (axis.kind === 'name' && !scope.get(axis.name)) {
      const made = extent(axis.name, axis)
      scope.set(axis.name, extentValue(made))
      return [made]
    }
    const value = evaluate(axis, ctx)
    return [value.kind === 'int' ? { dim: value.dim, origin: value.origin } : extent(undefined, axis)]
  })
}

/** `...S`: extents of its own for a new name. */
function restOf(axis: Expr, ctx: Context, extent: (name: string | undefined, axis: Expr) => Extent): readonly Extent[] {
  const known = axis.kind === 'name' && !ctx.scope.get(axis.name) ? undefined : evaluate(axis, ctx)
  if (known?.kind === 'list')
    return known.items.map((item) => (item.kind === 'int' ? { dim: item.dim, origin: item.origin } : extent(undefined, axis)))
  const made = Array.from({ length: Math.max(0, ctx.run.standIns?.rest ?? 0) }, (_, i) =>
    extent(axis.kind === 'name' ? `${axis.name}[${i}]` : undefined, axis),
  )
  if (axis.kind === 'name' && !known)
    ctx.scope.set(axis.name, { kind: 'list', items: made.map(extentValue), origin: originAt(ctx, axis.span) })
  return made
}

/** A tensor of a written shape, as what is not known has to be; `any` extents are some. */
export function tensorOfShape(dims: readonly (Dim | 'any')[], origin: Origin, ctx: Context): Value {
  const { standIns } = ctx.run
  if (!standIns) return unknown(origin)
  return tensorOf(
    dims.map((dim) => ({ dim: dim === 'any' ? standIns.unnamed() : dim, origin })),
    '',
    origin,
    ctx,
  )
}
