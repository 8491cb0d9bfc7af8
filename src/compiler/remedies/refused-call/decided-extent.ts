import type { Fix } from '../../diagnostics/diagnostics.ts'
import { printDim } from '../../dim/print.ts'
import { factsOf } from '../../facts/facts-of.ts'
import { hasBatch, type Extent, type Node } from '../../graph/graph.ts'
import type { Context } from '../../elaborate/context.ts'
import { extentText, isSameExtent, sameBody } from '../edits/extent-text.ts'
import { insteadOf } from '../../fixes/writing.ts'
import { declaredShapeEdit } from '../edits/declared-shape.ts'
import { isNumeral } from '../is-numeral.ts'

/** Two extents that should be equal, of these tensors. */
interface Unequal {
  readonly extents: readonly [Extent, Extent]
  readonly tensors: readonly Node[]
}

/**
 * Another number where one of two extents was decided, if it is one that follows from the other: of a weight, or a vector
 * for channels.
 */
export function decidedFixes({ extents, tensors }: Unequal, ctx: Context): readonly Fix[] {
  const pairs = [extents, [extents[1], extents[0]]] as const
  return pairs.flatMap(([own, wanted]): readonly Fix[] => {
    const owner = tensors.find(({ type }) => type.shape.some((one) => isSameExtent(one, own)))
    if (!owner || own.origin.span.source.library) return []
    if (owner.kind === 'param' || owner.kind === 'state') return [...asScalar(owner, ctx), ...ofWeight(own, wanted, ctx)]
    const isOfMap = tensors.some(({ type }) => type.shape.length === 3)
    return owner.type.shape.length === 1 && (isOfMap || isDense(owner)) ? ofVector(own, wanted, ctx) : []
  })
}

/** One number is for all channels, and has no axis. */
function asScalar(owner: Node, ctx: Context): readonly Fix[] {
  const [only, ...others] = owner.type.shape
  const edit = only?.dim === 1 && others.length === 0 ? declaredShapeEdit(owner, [], ctx) : undefined
  return edit ? [{ title: 'write [], one number for all', safety: 'unsafe', edits: [edit] }] : []
}

/** A weight has the extents that its uses need. */
function ofWeight(own: Extent, wanted: Extent, ctx: Context): readonly Fix[] {
  const { span, frame } = own.origin
  return span.start === span.end ? [] : [insteadOf(sameBody(wanted, frame, ctx) ?? printDim(wanted.dim), span)]
}

/** Whether a dense layer decided the length of a vector. */
function isDense(owner: Node): boolean {
  const [length] = owner.type.shape
  for (let at: Node | undefined = owner; at?.kind === 'op' && length && isSameExtent(at.type.shape[0]!, length); ) {
    const { kernel, windows, spreads } = factsOf(at)
    if (kernel && !windows && !spreads) return true
    at = Object.values(at.args).flat().find(({ type }) => hasBatch(type))
  }
  return false
}

/** A vector along the channels of a map has as many elements. */
const ofVector = (own: Extent, wanted: Extent, ctx: Context): readonly Fix[] =>
  isNumeral(own.origin.span) ? [insteadOf(extentIn(wanted, own, ctx), own.origin.span)] : []

/**
 * The text of a wanted extent where another one stands: the name that the block of it has for it, what decided it, or a number.
 */
const extentIn = (wanted: Extent, { origin: { frame } }: Extent, ctx: Context): string => {
  const body = [ctx, ...(ctx.entry ? [ctx.entry.ctx] : [])].find((one) => one.frame === frame)
  return sameBody(wanted, frame, ctx) ?? (body ? extentText(wanted, body) : printDim(wanted.dim))
}
