import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { divide, keyOf, multiply, type Dim } from '../../dim/expr.ts'
import { operandOf } from '../../graph/operand.ts'
import { parameters } from '../../library/names.ts'
import { argumentOf, replaceArgument } from '../../library/written-call.ts'
import { loopAround } from '../surroundings.ts'
import type { Window } from '../windows-of-branch.ts'
import type { Context } from '../../elaborate/context.ts'
import { extentAlong, ratioOf, type Sizes } from './unequal-sizes.ts'
import { valueFix } from '../edits/parameter-value.ts'
import { writingWithin } from '../../fixes/writing.ts'
import { contains, type Span } from '../../text/source.ts'

/** Names for maps of either size, where the two meet. */
export interface Names {
  readonly small: string | undefined
  readonly large: string | undefined
  /** Where they meet. */
  readonly at: Span | undefined
}

/** What may give the ops that resize, pad or enlarge another result: another factor, the size of the other map, other amounts. */
export function resizeFixes(sizes: Sizes, like: Names, ctx: Context): readonly Fix[] {
  const { small, large, axis, branch, shortcut } = sizes
  const ofSmall = branch.flatMap((window) =>
    rescaled(window, wantedAfter(window, extentAlong(large, axis), extentAlong(small, axis)), ctx),
  )
  const ofLarge = shortcut.flatMap((window) =>
    rescaled(window, wantedAfter(window, extentAlong(small, axis), extentAlong(large, axis)), ctx),
  )
  const [ofBranch, ofShortcut] = [branch, shortcut].map((windows) => windows.find((window) => changesSize(window) || setsSize(window)))
  return [
    ...ofSmall,
    ...ofLarge,
    ...(ofBranch ? [...resizedLike(ofBranch, like.large, like.at, ctx), ...multiplied(ofBranch, sizes), ...repadded(ofBranch, large)] : []),
    // a factor between the sizes is one that the small side lacks
    ...(ofShortcut && ratioOf(sizes) === undefined
      ? [...resizedLike(ofShortcut, like.small, like.at, ctx), ...repadded(ofShortcut, small)]
      : []),
  ]
}

const changesSize = ({ before, after }: Window): boolean => keyOf(before) !== keyOf(after)

/** Whether a call says what size its map is to have, whatever it had. */
export const setsSize = ({ written }: Window): boolean => argumentOf(written, parameters.size) !== undefined

/** The extent of a size that is written, times what it lacks. */
function multiplied({ written }: Window, sizes: Sizes): readonly Fix[] {
  const ratio = ratioOf(sizes)
  const size = argumentOf(written, parameters.size)
  const extent = size?.kind === 'list' && size.items.length === 2 ? size.items[sizes.axis]?.value : undefined
  if (ratio === undefined || extent?.kind !== 'name') return []
  return [writingWithin(written.expr.span, { span: extent.span, text: `${ratio} * ${extent.name}` })]
}

/** What a window should give, if all behind it goes on as it is. */
function wantedAfter({ after }: Window, wanted: Dim, found: Dim): Dim | undefined {
  const ratio = divide(wanted, found)
  return ratio === undefined ? undefined : multiply(after, ratio)
}

/** A resizing by another factor; one whose size was probably meant as a factor. */
function rescaled({ written, frame, before }: Window, wanted: Dim | undefined, ctx: Context): readonly Fix[] {
  const scale = wanted === undefined ? undefined : divide(wanted, before)
  if (typeof scale !== 'number' || !Number.isInteger(scale) || scale < 1) return []
  const { span } = written.expr
  const [only, ...others] = written.args
  const isSize = only?.kind === 'positional' && others.length === 0 && argumentOf(written, parameters.size)?.kind === 'number'
  const replaced = isSize ? replaceArgument(written, parameters.size, parameters.factor, String(scale)) : undefined
  if (replaced) return [writingWithin(span, replaced)]
  const given = argumentOf(written, parameters.factor)
  const fix = given && valueFix(given, String(scale), span, frame, ctx)
  return fix ? [fix] : []
}

/** A resizing to the size of the other map instead of by a factor. */
function resizedLike(
  { written, frame }: Window,
  like: string | undefined,
  at: Span | undefined,
  ctx: Context,
): readonly Fix[] {
  const { span } = written.expr
  const loop = loopAround(span, ctx)
  // every turn of a loop that has ended would give that size
  if (loop && at && !contains(loop.span, at)) return []
  if (like === undefined || frame !== ctx.frame) return []
  const factor = argumentOf(written, parameters.factor)
  // a parameter that says it is for others to choose
  if (factor && !literals.has(factor.kind)) return []
  const edit = replaceArgument(written, factor ? parameters.factor : parameters.size, parameters.like, like)
  return edit ? [writingWithin(span, edit)] : []
}

/** Amounts of padding that give the size of the other map. */
function repadded({ node, written }: Window, like: Sizes['large']): readonly Fix[] {
  const from = operandOf(node, 'x')
  const amount = argumentOf(written, parameters.pads)
  if (!from) return []
  const lacking = [0, 1].map((axis) => [extentAlong(like, axis), extentAlong(from, axis)] as const)
  if (!amount || !literals.has(amount.kind)) return []
  const sides = lacking.map(([wanted, found]) => {
    if (typeof wanted !== 'number' || typeof found !== 'number' || wanted < found) return undefined
    const before = Math.floor((wanted - found) / 2)
    return `[${before}, ${wanted - found - before}]`
  })
  return sides.some((side) => side === undefined)
    ? []
    : [writingWithin(written.expr.span, { span: amount.span, text: `[${sides.join(', ')}]` })]
}

const literals: ReadonlySet<Expr['kind']> = new Set(['number', 'size', 'list'])
