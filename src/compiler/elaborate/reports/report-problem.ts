import type { Details } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { printShape } from '../../dim/print.ts'
import { axisOf, decided } from '../../primitives/shape/axis.ts'
import type { Involved, Problem } from '../../primitives/primitive.ts'
import { userOrigin, type Origin, type Span } from '../../text/source.ts'
import { blamedArgument } from './blamed-argument.ts'
import { originAt, withAdvice, type Context, type Entry, type Cause } from '../context.ts'
import { givenList } from '../given-values.ts'
import { missingWhere } from '../missing-where.ts'
import { labelText } from '../../text/label-text.ts'
import { failed, valueExtent, type Value, type Matched } from '../value.ts'

/** What a call was given. */
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
  const { code, facts, labels, involves = [], notes = [], unequal } = problem
  const origin = originAt(ctx, span)
  const called = userOrigin(origin).span
  const [label] = labels
  if (label && isTooSmall(problem)) ctx.run.found.tooSmall.push(label.extent)
  const said = {
    labels: [
      ...(given.tensors.length > 0 ? [{ origin, text: shapesOf(given.tensors) }] : []),
      ...labels.map((label) => ({
        ...(isAt(label.extent.origin, called) ? inEarlierTurn(label) : label),
        origin: label.extent.origin,
      })),
      ...involves.flatMap((involved) => whereGiven(involved, given.matched)),
    ],
    notes,
    ...(unequal && { unequal }),
    cause: causeOf(problem, op, span, given, ctx),
  }
  ctx.run.reporter.add(code, { ...facts, op }, blamedArgument(problem, given.matched, ctx) ?? origin, withAdvice(code, said, ctx))
  return failed(origin)
}

function causeOf(problem: Problem, op: string, call: Span, given: Meeting, ctx: Context): Cause {
  if (problem.missing) return missingWhere(problem.missing, ctx)
  const { matched, tensors, nodes = tensors, primitive } = given
  const entry = given.entry ?? (call.source.library ? ctx.entry : { matched, ctx })
  return { kind: 'refused-call', problem, op, call, matched, tensors, nodes, entry, primitive }
}

/** Where an argument that takes part in a problem was decided. */
function whereGiven(involved: Involved, matched: Matched): NonNullable<Details['labels']> {
  const values = givenList(matched.get(involved.parameter)).map(({ value }) => value)
  if ('what' in involved) return values.map(({ origin }) => ({ origin, ...labelText(involved.what, 'decided') }))
  return values.flatMap((value) => {
    const items = value.kind === 'list' ? value.items : []
    const item = items[involved.axis]
    if (item?.kind !== 'int') return []
    const { extent, ...said } = decided(valueExtent(item), axisOf(items.length, involved.axis))
    return [{ origin: extent.origin, ...said }]
  })
}

/** Whether a map is too small for what is done with it. */
export const isTooSmall = ({ code }: Problem): boolean => code === 'shape/window-too-large' || code === 'shape/nothing-left'

/** What a loop made before the turn in which it goes wrong. */
const inEarlierTurn = (label: Problem['labels'][number]): Problem['labels'][number] => {
  const text = `in an earlier turn, ${label.text}`
  return label.role ? { ...label, text, what: `in an earlier turn, ${label.what}` } : { ...label, text }
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
