import type { Details, Fix } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { printShape } from '../../dim/print.ts'
import type { Problem } from '../../primitives/primitive.ts'
import { primitives } from '../../primitives/index.ts'
import { textOf, userOrigin, type Origin, type Span } from '../../text/source.ts'
import type { Matched } from '../arguments.ts'
import { argumentFixes } from '../../remedies/calls/argument-fixes.ts'
import { blamedArgument } from './blamed-argument.ts'
import { channelsFirst } from './channels-first.ts'
import { originAt, type Context, type Entry } from '../context.ts'
import { cropFixes, sizeOfSlice } from '../../remedies/shapes/crop-fixes.ts'
import { divisorFixes } from '../../remedies/conditions/divisor-fixes.ts'
import { givenList } from '../given-values.ts'
import { noRemedies, type Remedies } from '../../remedies/remedies.ts'
import { opMeant } from '../../remedies/other-frameworks.ts'
import { remediesOf } from '../../remedies/shapes/mismatch-fixes.ts'
import { reshapeFixes } from '../../remedies/shapes/reshape-fixes.ts'
import { failed, type Value } from '../value.ts'
import { windowFixes } from '../../remedies/conditions/window-fixes.ts'
import { writing } from '../../fixes/writing.ts'

/** What a call was given, for the labels and remedies of its problem. */
interface Meeting {
  readonly tensors: readonly Node[]
  /** With weights and constants. */
  readonly nodes?: readonly Node[]
  readonly matched: Matched
  /** The call in the user's text, where that is not this one. */
  readonly entry?: Entry | undefined
  readonly primitive?: string
}

/**
 * A shape rule's problem as a diagnostic, under the name of the op the user called, at the argument that is wrong by itself or at
 * the call.
 */
export function reportProblem(
  problem: Problem,
  op: string,
  span: Span,
  ctx: Context,
  given: Meeting = { tensors: [], matched: new Map() },
): Value {
  const { code, facts, labels, notes = [] } = problem
  const origin = originAt(ctx, span)
  const called = userOrigin(origin).span
  const turned = code === 'shape/window-too-large' ? channelsFirst(ctx) : undefined
  const fitting =
    turned?.fixes.length || given.primitive === undefined || !tooSmall.has(code)
      ? undefined
      : windowFixes(problem, given.primitive, given.tensors, called, ctx)
  const remedies = [
    argumentFixes(problem, given.matched, given.tensors, ctx),
    asLayer(op, code, called, ctx),
    remediesOf(problem, metAt(given, span, ctx), span, ctx),
    ...(turned ? [turned] : []),
    ...(fitting ? [fitting] : []),
    { notes: [], fixes: callFixes(problem, called, given, ctx) },
  ]
  ctx.run.reporter.add(code, { ...facts, op }, blamedArgument(problem, given.matched) ?? origin, {
    labels: [
      ...(turned?.labels ?? []).filter((label) => !labels.some(({ extent }) => extent.origin === label.origin)),
      ...(given.tensors.length > 0 ? [{ origin, text: shapesOf(given.tensors) }] : []),
      ...labels.map(({ extent, text }) => ({
        origin: extent.origin,
        extent,
        text: isAt(extent.origin, called) ? `in an earlier turn, ${text}` : text,
      })),
      ...(code === 'shape/half-even-kernel' ? windowGiven(facts['kernel'], given.matched) : []),
      ...(code === 'shape/slice' ? sizeOfSlice(facts['axis'], given.matched) : []),
    ],
    notes: [...notes, ...remedies.flatMap((remedy) => remedy.notes)],
    fixes: remedies.flatMap(({ fixes }) => fixes),
  })
  return failed(origin)
}

const metAt = (
  { tensors, nodes, entry, matched, primitive = '' }: Meeting,
  span: Span,
  ctx: Context,
): Parameters<typeof remediesOf>[1] => ({
  tensors: nodes ?? tensors,
  entry: entry ?? (span.source.library ? ctx.entry : { matched, ctx }),
  isElementwise: primitives.get(primitive)?.facts.elementwise === true,
})

/** What may mend a call that asks for what its tensor has not. */
function callFixes({ code, facts }: Problem, called: Span, { tensors, matched }: Meeting, ctx: Context): readonly Fix[] {
  if (code === 'shape/reshape') return reshapeFixes(called, tensors, matched, ctx)
  if (code === 'shape/groups') return groupFixes(facts, tensors, matched, ctx)
  return code === 'shape/slice' ? cropFixes(called, ctx) : []
}

/**
 * The window of a pool that its padding does not fit; the kernel of a convolution is a tensor, and says itself where it was
 * decided.
 */
const windowGiven = (window = '', matched: Matched): NonNullable<Details['labels']> =>
  givenList(matched.get('size')).map(({ value }) => ({ origin: value.origin, text: `window ${window} decided here` }))

/** A map that an operation leaves nothing of. */
const tooSmall: ReadonlySet<Problem['code']> = new Set(['shape/window-too-large', 'shape/nothing-left'])

/** Another number of groups, which divides the filters and the channels. */
function groupFixes({ filters }: Problem['facts'], tensors: readonly Node[], matched: Matched, ctx: Context): readonly Fix[] {
  const groups = givenList(matched.get('groups'))[0]?.value
  const channels = tensors[0]?.type.shape.at(-1)?.dim
  return groups?.kind === 'int' && typeof channels === 'number' ? divisorFixes(groups, [Number(filters), channels], ctx) : []
}

/** A primitive called as if it had weights of its own. */
function asLayer(op: string, code: Problem['code'], called: Span, ctx: Context): Remedies {
  const layer = primitives.has(op) && code === 'shape/rank' ? opMeant(op) : undefined
  if (layer === undefined) return noRemedies
  const notes = [`the op that makes its own weights is ${layer}`]
  const call = ctx.run.modules.expressionAt(called)
  if (call.kind !== 'call') return { notes, fixes: [] }
  const { span } = call.callee
  return { notes, fixes: [{ ...writing(layer, span), title: `write ${layer}${textOf({ ...called, start: span.end })}` }] }
}

function shapesOf(tensors: readonly Node[]): string {
  const shapes = tensors.map(({ type }) => printShape(type.shape))
  return [...(shapes.length > 1 ? [shapes.slice(0, -1).join(', ')] : []), ...shapes.slice(-1)].join(' and ')
}

/** A call whose own result is too small for it is one of a loop. */
const isAt = (origin: Origin, call: Span): boolean => {
  const { span } = userOrigin(origin)
  return span.source === call.source && span.start === call.start && span.end === call.end
}
