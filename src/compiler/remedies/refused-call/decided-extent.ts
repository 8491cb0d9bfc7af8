import type { Fix } from '../../diagnostics/diagnostics.ts'
import { printDim } from '../../dim/print.ts'
import { factsOf } from '../../facts/facts-of.ts'
import { hasBatch, type Extent, type Node } from '../../graph/graph.ts'
import type { Context } from '../../elaborate/context.ts'
import { extentText, isSameExtent, sameBody } from '../edits/extent-text.ts'
import { insteadOf } from '../../fixes/writing.ts'
import type { Origin } from '../../text/source.ts'
import { declaredShape, expressionAt } from '../written.ts'
import { declaredShapeEdit } from '../edits/declared-shape.ts'
import { inputAt } from '../input-at.ts'
import { isNumeral } from '../is-numeral.ts'

/** Two extents that should be equal, of these tensors. */
interface Unequal {
  readonly extents: readonly [Extent, Extent]
  readonly tensors: readonly Node[]
}

/** What mends an extent where it was decided, and what changes an input, which is seldom meant. */
interface Decided {
  readonly computed: readonly Fix[]
  readonly fed: readonly Fix[]
}

/**
 * Another number where one of two extents was decided, if it is one that follows from the other: of a weight, or a vector
 * for channels.
 */
export function decidedFixes({ extents: [a, b], tensors }: Unequal, ctx: Context): Decided {
  const found = ([[a, b], [b, a]] as const).map(([own, wanted]) => ({
    isFed: inputAt(own.origin.span, ctx) !== undefined,
    fixes: fixesOf(own, wanted, tensors, ctx),
  }))
  const [computed, fed] = [false, true].map((isFed) => found.flatMap((one) => (one.isFed === isFed ? one.fixes : [])))
  return { computed: computed ?? [], fed: fed ?? [] }
}

function fixesOf(own: Extent, wanted: Extent, tensors: readonly Node[], ctx: Context): readonly Fix[] {
  const owner = tensors.find(({ type }) => type.shape.some((one) => isSameExtent(one, own)))
  if (!owner || own.origin.span.source.library) return []
  if (owner.kind === 'param' || owner.kind === 'state') return [...asScalar(owner, ctx), ...ofWeight(owner, own, wanted, ctx)]
  const isOfMap = tensors.some(({ type }) => type.shape.length === 3)
  return owner.type.shape.length === 1 && (isOfMap || isDense(owner)) ? ofVector(own, wanted, ctx) : []
}

/** One number is for all channels, and has no axis. */
function asScalar(owner: Node, ctx: Context): readonly Fix[] {
  const [only, ...others] = owner.type.shape
  const edit = only?.dim === 1 && others.length === 0 ? declaredShapeEdit(owner, [], ctx) : undefined
  return edit ? [{ title: 'write [], one number for all', safety: 'unsafe', edits: [edit] }] : []
}

/** A weight has the extents that its uses need. */
function ofWeight(owner: Node, own: Extent, wanted: Extent, ctx: Context): readonly Fix[] {
  const axis = owner.type.shape.findIndex((one) => isSameExtent(one, own))
  const items = declaredShape(owner, ctx)?.items ?? []
  const written = items.length === owner.type.shape.length ? items[axis]?.value : undefined
  // extents of a block of the library, and those that a list spreads
  return written ? [insteadOf(extentIn(wanted, owner.origins[0], ctx), written.span)] : []
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

/** A vector along the channels of a map has as many elements; the channels of a map that it was made of are not its own. */
function ofVector({ origin }: Extent, wanted: Extent, ctx: Context): readonly Fix[] {
  const { span, frame } = origin
  const isWritten = isNumeral(span) ? inputAt(span, ctx)?.type.shape.length !== 3 : frame === ctx.frame && expressionAt(span, ctx)?.kind === 'chain'
  return isWritten ? [insteadOf(extentIn(wanted, origin, ctx), span)] : []
}

/**
 * The text of a wanted extent where another one stands: the name that the block of it has for it, what decided it, or a number.
 */
const extentIn = (wanted: Extent, { frame }: Origin, ctx: Context): string => {
  const body = [ctx, ...(ctx.entry ? [ctx.entry.ctx] : [])].find((one) => one.frame === frame)
  return sameBody(wanted, frame, ctx) ?? (body ? extentText(wanted, body) : printDim(wanted.dim))
}
