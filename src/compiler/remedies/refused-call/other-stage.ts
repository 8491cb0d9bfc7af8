import type { Fix } from '../../diagnostics/diagnostics.ts'
import { hasBatch, type Node } from '../../graph/graph.ts'
import { textOf } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { insteadOf } from '../../fixes/writing.ts'
import type { Value } from '../../elaborate/value.ts'
import { hasSizeOf, operandOf } from './alignment.ts'
import type { Meeting, Operand } from '../meeting.ts'
import type { Sizes } from './unequal-sizes.ts'

/**
 * Another map of the same stages that has the size which the one that was taken has not: `c1` for `c2`, the list from its end.
 */
export function skipFixes({ small, large }: Sizes, { operands, ctx }: Meeting): readonly Fix[] {
  const maps = operands.filter(({ node }) => node.type.shape.length === 3)
  const [less, more] = [small, large].map((node) => operandOf(node, maps))
  if (!less || !more || less === more || maps.length !== 2) return []
  return [[less, more] as const, [more, less] as const].flatMap(([operand, other]) => [
    ...otherStage(operand, other, ctx),
    ...fromEnd(operand, other, ctx),
  ])
}

/** The one stage of the right size, where the one that is named has been joined already. */
function otherStage({ expr, node }: Operand, other: Operand, ctx: Context): readonly Fix[] {
  const stem = expr.kind === 'name' ? stemOf(expr.name) : undefined
  if (stem === undefined || !isJoined(node, ctx)) return []
  const [name, ...others] = ctx.scope
    .all()
    .filter((one) => stemOf(one) === stem && isFitting(ctx.scope.get(one), other.node, ctx))
  return name === undefined || others.length > 0 ? [] : [insteadOf(name, expr.span)]
}

const stemOf = (name: string): string | undefined => /^(.*[a-z_])\d+$/i.exec(name)?.[1]

const isFitting = (value: Value | undefined, like: Node, ctx: Context): boolean =>
  value?.kind === 'tensor' &&
  value.node !== like &&
  value.node.type.shape.length === 3 &&
  hasSizeOf(value.node, like) &&
  !isJoined(value.node, ctx)

/** Whether something was computed from a map and another one. */
const isJoined = (node: Node, { run: { builder } }: Context): boolean =>
  builder.nodes.some((one) => {
    const args = one.kind === 'op' ? Object.values(one.args).flat() : []
    return args.includes(node) && args.filter(({ type }) => hasBatch(type)).length > 1
  })

/** An element of a list as far from its end as the one that was taken is from its beginning. */
function fromEnd({ expr }: Operand, other: Operand, { scope }: Context): readonly Fix[] {
  if (expr.kind !== 'index' || expr.of.kind !== 'name' || expr.index.kind !== 'name') return []
  const [list, index] = [scope.get(expr.of.name), scope.get(expr.index.name)]
  if (list?.kind !== 'list' || index?.kind !== 'int' || typeof index.dim !== 'number') return []
  const meant = list.items[list.items.length - 1 - index.dim]
  if (meant?.kind !== 'tensor' || !hasSizeOf(meant.node, other.node)) return []
  return [insteadOf(`${list.items.length - 1} - ${textOf(expr.index.span)}`, expr.index.span)]
}
