import type { Fix } from '../../diagnostics/diagnostics.ts'
import { keyOf, type Dim } from '../../dim/expr.ts'
import type { Node } from '../../graph/graph.ts'
import { parameters } from '../../library/names.ts'
import { projection, stepText } from '../../library/step-text.ts'
import { textOf } from '../../text/source.ts'
import { namesIn } from '../../syntax/names-in.ts'
import { enlarges, isBranchOf } from '../windows-of-branch.ts'
import type { Context } from '../../elaborate/context.ts'
import { extentText } from '../edits/extent-text.ts'
import type { Meeting, Operand } from '../meeting.ts'
import { isCut, ratioOf, type Sizes } from './unequal-sizes.ts'
import { stepsBehind } from '../edits/step-behind.ts'
import { croppedSkips } from './cropped-skips.ts'
import { isGate, stretchedGate } from './gate-of-map.ts'

/** What brings maps to one size where they meet: a strided projection of the shortcut, a crop, an alignment, a factor. */
export function alignFixes(sizes: Sizes, { operands, call, ctx }: Meeting, isElementwise: boolean): readonly Fix[] {
  const { small, large } = sizes
  const maps = operands.filter(({ node }) => node.type.shape.length === 3)
  const [less, more] = [small, large].map((node) => operandOf(node, maps))
  if (!less || !more || less === more || isStrip(less.node, more.node)) return []
  const smaller = maps.filter(({ node }) => !hasSizeOf(node, more.node))
  const behind = (step: string, others = smaller): readonly Fix[] => stepsBehind(others.map((operand) => ({ operand, step })), ctx)
  const named = nameOf(more, maps, sizes, ctx)
  const smallNamed = nameOf(less, maps, sizes, ctx)
  const larger = maps.filter(({ node }) => !hasSizeOf(node, less.node))
  const factor = ratioOf(sizes)
  // what is weighed keeps its size, also where what weighs it is larger
  if (isGate(more, less, call)) return smallNamed === undefined ? [] : behind(stepText('align', [parameters.like, smallNamed]), larger)
  const isGrown = sizes.shortcut[0] !== undefined && enlarges(sizes.shortcut[0]) && factor === undefined
  return [
    ...(isElementwise && !isGate(less, more, call) ? shortcutFix(sizes, more, ctx) : []),
    ...(isCut(sizes) ? croppedSkips(call, more, less, ctx) : []),
    ...(isCut(sizes) && smallNamed !== undefined ? behind(stepText('crop', [parameters.like, smallNamed]), larger) : []),
    ...(isGrown && smallNamed !== undefined ? behind(stepText('align', [parameters.like, smallNamed]), larger) : []),
    // of three that meet the one that differs is off
    ...(larger.length < smaller.length && smallNamed !== undefined ? behind(stepText('align', [parameters.like, smallNamed]), larger) : []),
    ...(named === undefined ? [] : [...stretchedGate(less, more, call, named, ctx), ...behind(stepText('align', [parameters.like, named]))]),
    ...(named === undefined && factor !== undefined ? behind(stepText('resize', [parameters.factor, String(factor)])) : []),
  ]
}

/** The operand that a map is, or that it was computed from inside the library. */
export function operandOf(node: Node, operands: readonly Operand[]): Operand | undefined {
  const open: Node[] = [node]
  const seen = new Set<Node>()
  for (let next = open.shift(); next; next = open.shift()) {
    const found = operands.find((operand) => operand.node === next)
    if (found) return found
    if (seen.has(next) || next.kind !== 'op') continue
    seen.add(next)
    // what the text of the user made is no detail of the library's
    if (next.origins[0].span.source.library) open.push(...Object.values(next.args).flat())
  }
  return undefined
}

/** One row or column of a map: what was taken over one axis of it alone is no smaller picture of it. */
const isStrip = (small: Node, large: Node): boolean =>
  [0, 1].filter((axis) => small.type.shape[axis]!.dim === 1 && large.type.shape[axis]!.dim !== 1).length === 1

const sizeOf = ({ type: { shape } }: Node): readonly Dim[] => shape.slice(0, 2).map(({ dim }) => dim)

const hasSizeOf = (a: Node, b: Node): boolean => sizeOf(a).map(keyOf).join() === sizeOf(b).map(keyOf).join()

/**
 * A name for a map of the size of an operand: its own, or that of one in its text or another's; an element of a list by its place, unless
 * the other map is so many times as large, where another element is probably meant.
 */
export function nameOf(operand: Operand, operands: readonly Operand[], sizes: Sizes, { scope }: Context): string | undefined {
  if (operand.expr.kind === 'name') return operand.expr.name
  if (operand.expr.kind === 'index' && operand.expr.of.kind === 'name' && ratioOf(sizes) === undefined) return textOf(operand.expr.span)
  const equals = operands.filter(({ node, expr }) => expr.kind === 'name' && hasSizeOf(node, operand.node))
  const names = [...equals, operand].flatMap(({ expr }) => namesIn(expr).map(({ name }) => name))
  return names.find((name) => {
    const value = scope.get(name)
    return value?.kind === 'tensor' && value.node.type.shape.length === 3 && hasSizeOf(value.node, operand.node)
  })
}

/** A shortcut gets the stride of its branch with a projection. */
function shortcutFix(sizes: Sizes, shortcut: Operand, ctx: Context): readonly Fix[] {
  const channels = sizes.small.type.shape[2]
  const stride = strideBetween(sizes)
  if (!channels || stride === undefined || !isBranchOf(sizes.small, sizes.large)) return []
  const step = projection(extentText(channels, ctx), ctx.run.modules, [parameters.stride, String(stride)])
  return stepsBehind([{ operand: shortcut, step }], ctx)
}

function strideBetween(sizes: Sizes): number | undefined {
  const [less, more] = [sizes.small, sizes.large].map(({ type }) => type.shape[sizes.axis]?.dim)
  const stride = typeof less === 'number' && typeof more === 'number' ? Math.ceil(more / less) : (ratioOf(sizes) ?? 1)
  return stride > 1 && (typeof more !== 'number' || Math.ceil(more / stride) === less) ? stride : undefined
}
