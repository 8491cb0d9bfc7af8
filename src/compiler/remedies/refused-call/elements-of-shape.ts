import type { Fix } from '../../diagnostics/diagnostics.ts'
import { keyOf, multiply } from '../../dim/expr.ts'
import type { Extent, Node, Shape } from '../../graph/graph.ts'
import { textOf, userOrigin, type Span } from '../../text/source.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { givenList } from '../../elaborate/given-values.ts'
import type { Value, Matched } from '../../elaborate/value.ts'
import { insteadOf, writing } from '../../fixes/writing.ts'
import { extentText } from '../edits/extent-text.ts'
import { isNumeral } from '../is-numeral.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import type { OpName } from '../../library/names.ts'
import type { Remedy } from '../remedy.ts'
import { surroundingsOf } from '../surroundings.ts'
import { callAt, expressionAt, isPiped } from '../written.ts'
import { callsIn, reshapeTarget } from '../written-reshapes.ts'

/**
 * What may make the elements of a tensor as many as those of the shape it is to get: `flatten`, which counts by itself, or other
 * channels on one of the two sides. Height and width are left alone: they are known where channels are counted.
 */
export const elementsOfShape: Remedy<'refused-call'> = ({ problem, call, tensors: [tensor], matched }, ctx) =>
  problem.code === 'shape/reshape' ? { fixes: reshapeFixes(userOrigin(originAt(ctx, call)).span, tensor, matched, ctx) } : {}

function reshapeFixes(call: Span, tensor: Node | undefined, matched: Matched, ctx: Context): readonly Fix[] {
  const target = givenList(matched.get('shape'))[0]?.value
  const source = tensor?.type.shape
  if (target?.kind !== 'list' || !source) return []
  if (target.items.length === 1 && source.length > 1) return flattened(call, ctx)
  const wanted = target.items.map((item) => (item.kind === 'int' ? Number(item.dim) : NaN))
  const given = source.map(({ dim }) => (typeof dim === 'number' ? dim : NaN))
  const channels = source.at(-1)
  return [
    ...(channels ? channelsThere(target, source, channels, call, ctx) : []),
    ...otherTarget(target, wanted, productOf(given)),
    ...otherSource(channels, given, wanted),
  ]
}

/** The channels that the tensor has, as the text calls them, where others are written; in all shapes of the body that end so. */
function channelsThere(target: Value & { kind: 'list' }, source: Shape, channels: Extent, call: Span, ctx: Context): readonly Fix[] {
  const list = expressionAt(target.origin.span, ctx)
  const wrong = list?.kind === 'list' ? list.items.at(-1)?.value : undefined
  const text = channelText(channels, ctx)
  const others = target.items.slice(0, -1).flatMap((item) => (item.kind === 'int' ? [item.dim] : []))
  const isAllElse = keyOf([...others, channels.dim].reduce(multiply, 1)) === keyOf(source.map(({ dim }) => dim).reduce(multiply, 1))
  if (!wrong || text === undefined || !isAllElse || others.length !== target.items.length - 1) return []
  const written = callsIn(surroundingsOf(call, ctx)?.body ?? []).flatMap((one) => reshapeTarget(one)?.items.at(-1)?.value ?? [])
  const repeated = written.filter(({ span }) => textOf(span) === textOf(wrong.span))
  const instead = `write ${text} instead of ${textOf(wrong.span)}`
  const inAll: Fix = { title: `${instead} in ${repeated.length} shapes`, safety: 'unsafe', edits: repeated.map(({ span }) => ({ span, text })) }
  return [...(repeated.length > 1 ? [inAll] : []), ...(isNumeral(wrong.span) ? [] : [insteadOf(text, wrong.span)])]
}

/** What decided channels in the same body, by its name or as it is written there. */
function channelText(channels: Extent, ctx: Context): string | undefined {
  const { span, frame } = channels.origin
  const text = extentText(channels, ctx)
  if (!/^\d+$/.test(text)) return text
  return frame === ctx.frame && expressionAt(span, ctx) ? textOf(span) : undefined
}

const productOf = (numbers: readonly number[]): number => numbers.reduce((product, number) => product * number, 1)

const [reshape, flatten] = ['reshape', 'flatten'] as const satisfies readonly OpName[]

/** The call without the count, in a pipe or by itself. */
function flattened(call: Span, ctx: Context): readonly Fix[] {
  const expr = callAt(call, ctx)
  if (!expr || calleeName(expr) !== reshape) return []
  const [first] = expr.args
  return isPiped(call, ctx) || first?.kind !== 'positional'
    ? [writing(flatten, call)]
    : [writing(`${flatten}(${textOf(first.value.span)})`, call)]
}

/** The last extent of the shape that is asked for. */
function otherTarget({ items, origin }: Value & { kind: 'list' }, wanted: readonly number[], elements: number): readonly Fix[] {
  const last = items.at(-1)
  const channels = elements / productOf(wanted.slice(0, -1))
  if (!last || !isNumeral(last.origin.span) || !Number.isInteger(channels)) return []
  const { span } = last.origin
  const text = textOf({ ...origin.span, end: span.start }) + channels + textOf({ ...origin.span, start: span.end })
  return [{ title: `write ${text}`, safety: 'unsafe', edits: [{ span, text: String(channels) }] }]
}

/** The last extent of the tensor, where it was written as a number. */
function otherSource(last: Extent | undefined, given: readonly number[], wanted: readonly number[]): readonly Fix[] {
  const channels = productOf(wanted) / productOf(given.slice(0, -1))
  if (!last || !Number.isInteger(channels)) return []
  const { span } = userOrigin(last.origin)
  return isNumeral(span) ? [{ title: `write ${channels} for ${textOf(span)}`, safety: 'unsafe', edits: [{ span, text: String(channels) }] }] : []
}
