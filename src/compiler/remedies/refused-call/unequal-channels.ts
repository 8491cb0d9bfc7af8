import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import type { Extent, Node } from '../../graph/graph.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { contains } from '../../text/source.ts'
import { operandOf } from './alignment.ts'
import { isProduct, isSigmoid } from './gate-of-map.ts'
import { callOf } from '../../library/library-call.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { projection } from '../../library/step-text.ts'
import { argumentOf, writeArgument } from '../../library/written-call.ts'
import { isBranchOf, isPointwise, mixesWindows } from '../windows-of-branch.ts'
import { extentText } from '../edits/extent-text.ts'
import type { Meeting, Operand } from '../meeting.ts'
import { likelyMap } from '../likely-map.ts'
import { isLess } from './unequal-sizes.ts'
import { isNumeral } from '../is-numeral.ts'
import { stepsBehind } from '../edits/step-behind.ts'
import { insteadOf, writingWithin } from '../../fixes/writing.ts'

/** What brings maps that meet to one number of channels. */
export function channelFixes([left, right]: readonly Node[], { operands, call, ctx }: Meeting): readonly Fix[] {
  const maps = operands.filter(({ node }) => node.type.shape.length === 3)
  const [a, b] = [left, right].map((node) => node && operandOf(node, maps))
  if (!a || !b || a === b || maps.length < 2) return []
  const [less, more] = isLess(channelsOf(b).dim, channelsOf(a).dim) ? [b, a] : [a, b]
  const isSmallerFirst = !isBranchOf(less.node, more.node)
  const towards = (target: Operand): readonly Fix[] => {
    const others = maps.filter((one) => keyOf(channelsOf(one).dim) !== keyOf(channelsOf(target).dim))
    const projected = (filters: string): readonly Fix[] =>
      stepsBehind(others.map((operand) => ({ operand, step: projection(filters, ctx.run.modules) })), ctx)
    const text = extentText(channelsOf(target), ctx)
    // in another turn of the loop it may be another number
    return [
      ...projected(text),
      ...(ctx.site.turns.length > 0 && target.expr.kind === 'name' ? projected(`${target.expr.name}.channels`) : []),
    ]
  }
  return [
    ...alongChannels(call, ctx),
    ...unreadPart(a, b, call, ctx),
    ...ofGate(less, more, call, ctx),
    ...aligned(less, more, ctx),
    ...ownProjection(less, more, ctx),
    ...concatenated(maps, call),
    ...(isSmallerFirst ? towards(more) : towards(less)),
    ...(isSmallerFirst ? [] : towards(more)),
    ...ownProjection(more, less, ctx),
  ]
}

type Ctx = Meeting['ctx']

const [sum, concat, align] = ['fuse.add', 'fuse.concat', 'align'] as const satisfies readonly OpName[]

const channelsOf = ({ node }: Operand): Extent => node.type.shape[2]!

/** A concatenation along another axis than the one along which its maps differ. */
function alongChannels(call: Expr, { run: { modules } }: Ctx): readonly Fix[] {
  const axis = calleeName(call) === concat ? argumentOf(callOf(concat, call, modules), parameters.axis) : undefined
  return axis ? [writingWithin(call.span, { span: axis.span, text: '2' })] : []
}

/** So many different numbers of channels are no slip in one of them: the maps were to stand next to each other. */
const concatenated = (maps: readonly Operand[], call: Expr): readonly Fix[] =>
  call.kind === 'call' && calleeName(call) === sum && new Set(maps.map((one) => keyOf(channelsOf(one).dim))).size > 2
    ? [writingWithin(call.span, { span: call.callee.span, text: concat })]
    : []

/** A map in whose place a part of it was meant, which is as large as the other map and is read nowhere else. */
function unreadPart(a: Operand, b: Operand, call: Expr, ctx: Ctx): readonly Fix[] {
  const name = likelyMap(call.span, ctx, [a.node, b.node])
  const value = name === undefined ? undefined : ctx.scope.get(name)
  const part = value?.kind === 'tensor' ? value.node : undefined
  if (name === undefined || part?.kind !== 'op') return []
  const isPartOf = (whole: Operand, other: Operand): boolean =>
    whole.expr.kind === 'name' &&
    Object.values(part.args).flat().includes(whole.node) &&
    part.type.shape.map(({ dim }) => keyOf(dim)).join() === other.node.type.shape.map(({ dim }) => keyOf(dim)).join()
  const whole = isPartOf(a, b) ? a : isPartOf(b, a) ? b : undefined
  return whole ? [insteadOf(name, whole.expr.span)] : []
}

/** What weights the channels of a map by numbers between 0 and 1 has as many: the gate changes, not what it is for. */
function ofGate(a: Operand, b: Operand, call: Expr, ctx: Ctx): readonly Fix[] {
  const [gate, map] = ([[a, b], [b, a]] as const).find(([one]) => isSigmoid(one)) ?? []
  if (!isProduct(call) || !gate || !map) return []
  const { span, frame } = channelsOf(gate).origin
  return frame === ctx.frame && isNumeral(span) ? [insteadOf(extentText(channelsOf(map), ctx), span)] : []
}

/** An alignment that was to bring the channels along. */
function aligned(a: Operand, b: Operand, { run: { modules } }: Ctx): readonly Fix[] {
  const [call] = [a, b].flatMap(({ expr }) => {
    const last = expr.kind === 'pipe' ? expr.steps.at(-1)?.value : expr
    return last?.kind === 'call' && calleeName(last) === align ? [callOf(align, last, modules)] : []
  })
  const projected = call && !argumentOf(call, parameters.channels) ? writeArgument(call, parameters.channels, 'project') : undefined
  return call && projected ? [writingWithin(call.expr.span, projected.edit)] : []
}

/** A 1x1 convolution that stands where the maps meet can make the other number of channels itself. */
function ownProjection(less: Operand, more: Operand, ctx: Ctx): readonly Fix[] {
  const made = projectionOf(less.node)
  const { origin } = channelsOf(less)
  if (!made || origin.frame !== ctx.frame || !contains(less.expr.span, origin.span)) return []
  return [writingWithin(less.expr.span, { span: origin.span, text: extentText(channelsOf(more), ctx) })]
}

/** The 1x1 convolution that made the channels of a map. */
function projectionOf(node: Node): Node | undefined {
  const channels = node.type.shape[2]
  for (
    let at: Node | undefined = node;
    at?.kind === 'op' && at.type.shape[2] === channels;
    at = Object.values(at.args).flat()[0]
  ) {
    if (mixesWindows(at)) return isPointwise(at) ? at : undefined
  }
  return undefined
}
