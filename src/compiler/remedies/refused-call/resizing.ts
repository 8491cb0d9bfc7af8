import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { divide, keyOf, multiply, type Dim } from '../../dim/expr.ts'
import { namedArgument } from '../../fixes/argument-edit.ts'
import { loopAround } from '../around.ts'
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
  const [ofBranch, ofShortcut] = [branch, shortcut].map((windows) =>
    windows.find(({ before, after }) => keyOf(before) !== keyOf(after)),
  )
  return [
    ...ofSmall,
    ...ofLarge,
    ...(ofBranch ? [...resizedLike(ofBranch, like.large, like.at, ctx), ...repadded(ofBranch, large)] : []),
    // a factor between the sizes is one that the small side lacks
    ...(ofShortcut && ratioOf(sizes) === undefined
      ? [...resizedLike(ofShortcut, like.small, like.at, ctx), ...repadded(ofShortcut, small)]
      : []),
  ]
}

/** What a window should give, if all behind it goes on as it is. */
function wantedAfter({ after }: Window, wanted: Dim, found: Dim): Dim | undefined {
  const ratio = divide(wanted, found)
  return ratio === undefined ? undefined : multiply(after, ratio)
}

/** A resizing by another factor; one whose size was probably meant as a factor. */
function rescaled({ node, call, frame, before }: Window, wanted: Dim | undefined, ctx: Context): readonly Fix[] {
  const scale = wanted === undefined ? undefined : divide(wanted, before)
  if (node.op !== 'resize_map' || call.kind !== 'call' || typeof scale !== 'number' || !Number.isInteger(scale) || scale < 1)
    return []
  const [only] = call.args
  if (only?.kind === 'positional' && call.args.length === 1 && only.value.kind === 'number') {
    return [writingWithin(call.span, { span: only.value.span, text: `scale: ${scale}` })]
  }
  const given = namedArgument(call, 'scale')
  const fix = given && valueFix(given.value, String(scale), call.span, frame, ctx)
  return fix ? [fix] : []
}

/** A resizing to the size of the other map instead of by a factor. */
function resizedLike(
  { node, call, frame }: Window,
  like: string | undefined,
  at: Span | undefined,
  ctx: Context,
): readonly Fix[] {
  const loop = loopAround(call.span, ctx)
  // every turn of a loop that has ended would give that size
  if (loop && at && !contains(loop.span, at)) return []
  if (node.op !== 'resize_map' || call.kind !== 'call' || like === undefined || frame !== ctx.frame) return []
  const given = namedArgument(call, 'scale') ?? namedArgument(call, 'to')
  // a parameter that says it is for others to choose
  if (given?.name.name === 'scale' && !literals.has(given.value.kind)) return []
  const [first] = call.args
  const span = given
    ? { ...given.name.span, end: Math.max(given.name.span.end, given.value.span.end) }
    : first?.kind === 'positional'
      ? first.value.span
      : undefined
  return span ? [writingWithin(call.span, { span, text: `like: ${like}` })] : []
}

/** Amounts of padding that give the size of the other map. */
function repadded({ node, call }: Window, like: Sizes['large']): readonly Fix[] {
  const from = node.args['x']
  if (node.op !== 'pad_map' || call.kind !== 'call' || !from || !('type' in from)) return []
  const amount = namedArgument(call, 'amount')?.value ?? (call.args[0]?.kind === 'positional' ? call.args[0].value : undefined)
  const lacking = [0, 1].map((axis) => [extentAlong(like, axis), extentAlong(from, axis)] as const)
  if (!amount || !literals.has(amount.kind)) return []
  const sides = lacking.map(([wanted, found]) => {
    if (typeof wanted !== 'number' || typeof found !== 'number' || wanted < found) return undefined
    const before = Math.floor((wanted - found) / 2)
    return `[${before}, ${wanted - found - before}]`
  })
  return sides.some((side) => side === undefined)
    ? []
    : [writingWithin(call.span, { span: amount.span, text: `[${sides.join(', ')}]` })]
}

const literals: ReadonlySet<Expr['kind']> = new Set(['number', 'size', 'list'])
