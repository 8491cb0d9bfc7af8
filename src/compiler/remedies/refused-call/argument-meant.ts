import type { Fix, Safety } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import type { Node } from '../../graph/graph.ts'
import { opParts } from '../../library/op-parts.ts'
import type { OpName } from '../../library/names.ts'
import { stepAt } from '../../reading/written.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { isPictureTurned } from '../../reading/channels-first.ts'
import { blamedValue } from '../../elaborate/reports/blamed-argument.ts'
import { withoutStep } from '../../fixes/without-step.ts'
import { writing } from '../../fixes/writing.ts'
import { textOf, userOrigin, type Span } from '../../text/source.ts'
import { isWrittenOut } from '../is-written-out.ts'
import { numbersIn } from '../numbers-in.ts'
import { inferredExtent } from './inferred-extent.ts'
import { noRemedies, type Remedies } from '../remedy.ts'
import type { Remedy } from '../remedy.ts'
import { callAt, expressionAt } from '../written.ts'

/** What an argument was meant to be that is counted or listed as other frameworks do. */
export const argumentMeant: Remedy<'refused-call'> = ({ problem, matched, tensors, call }, ctx) => {
  const value = blamedValue(problem, matched)
  if (!value) return noRemedies
  const numbers = numbersIn(value)
  const [tensor] = tensors
  const rank = tensor?.type.shape.length ?? 0
  const list = expressionAt(value.origin.span, ctx)
  const meant = (note: string, texts: readonly string[], safety: Safety = 'unsafe'): Remedies => ({
    notes: [note],
    fixes: isWrittenOut(list) ? texts.map((text) => writing(text, value.origin.span, safety)) : [],
  })
  switch (problem.code) {
    case 'shape/padding':
      return padding(numbers, meant)
    case 'shape/axis':
      return axesWithBatch(numbers, value.kind === 'list', rank, meant)
    case 'shape/permutation':
      return tensor ? orderWithBatch(numbers, tensor, meant, userOrigin(originAt(ctx, call)).span, ctx) : noRemedies
    case 'shape/argument-range':
      return tensor && problem.blames?.parameter === 'shape' ? inferredExtent(value, tensor, list, ctx) : noRemedies
    default:
      return noRemedies
  }
}

/** What is said, and what is written instead, the likeliest first, where that stands in numbers. */
type Meant = (note: string, texts: readonly string[], safety?: Safety) => Remedies

const listOf = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`

/** Four amounts in a row: where they differ, whose order it is decides what they mean. */
function padding(amounts: readonly number[], meant: Meant): Remedies {
  const note = 'a padding is one amount for all sides, [height, width], or [[top, bottom], [left, right]], and none is negative'
  const said = meant(note, [String(amounts[0])], 'safe')
  return amounts.length === 4 && amounts.every((amount) => amount === amounts[0]) ? said : { ...said, fixes: [] }
}

/** Axes that were counted with the batch, which fmw never does; height and width are 2 and 3 where the channels come first. */
function axesWithBatch(axes: readonly number[], isList: boolean, rank: number, meant: Meant): Remedies {
  if (Math.max(...axes) !== rank || Math.min(...axes) < 1) return noRemedies
  if (rank === 3 && axes.join() === '2,3') return meant('2 and 3 are height and width in [N, C, H, W]; in [H, W, C] they are 0 and 1', ['[0, 1]'])
  const rest = axes.map((axis) => axis - 1)
  const which = axes.length === 1 ? `axis ${rank} is ${rank - 1} here` : 'every axis is one less'
  return meant(`the batch is not counted: ${which}`, [isList ? listOf(rest) : rest.join()])
}

/**
 * An order of axes that was counted with the batch. Where it brings the channels to the back, or to the front for an op of maps, as
 * other frameworks have them, there may be nothing to do.
 */
function orderWithBatch(order: readonly number[], tensor: Node, meant: Meant, call: Span, ctx: Context): Remedies {
  const { shape } = tensor.type
  const isWithBatch = order.length === shape.length + 1 && order[0] === 0 && order.every((_, axis) => order.includes(axis))
  if (!isWithBatch) return noRemedies
  const rest = listOf(order.slice(1).map((axis) => axis - 1))
  const isOfMap = shape.length === 3 && !isMadeByAxes(tensor)
  const isForMaps = rest === channelsToFront && isBeforeWindows(call, ctx)
  const counted = meant(
    'the batch is not counted: the first axis goes, and the others are one less',
    [rest],
    isOfMap && (isForMaps || rest !== channelsToFront) ? 'unsafe' : 'safe',
  )
  if (!isOfMap || isTurned(tensor) || !(isForMaps || rest === channelsToBack)) return counted
  return {
    notes: [`maps are [height, width, channels]: the channels are last already${isForMaps ? ', as they have to be' : ''}`],
    fixes: [...withoutCall(call, ctx), ...counted.fixes],
  }
}

/** Whether the next step of a pipe is a convolution or a pooling. */
function isBeforeWindows(call: Span, { run: { modules } }: Context): boolean {
  const { pipe, index = 0 } = stepAt(call, modules) ?? {}
  const next = calleeName(pipe?.steps[index + 1]?.value)
  return next !== undefined && windowed.has(opParts(next).family ?? opParts(next).name)
}

const windowed: ReadonlySet<string> = new Set(['conv', 'pool'])

const [channelsToFront, channelsToBack] = ['[2, 0, 1]', '[1, 2, 0]']

const [reshape, transpose] = ['reshape', 'transpose'] as const satisfies readonly OpName[]

/** Whether the text itself says which axis is which. */
const isMadeByAxes = (node: Node): boolean => node.kind === 'op' && (node.op === reshape || node.op === transpose)

/** Whether a map looks like [channels, height, width]. */
function isTurned({ type: { shape } }: Node): boolean {
  const [first, second, third] = shape.map(({ dim }) => dim)
  if (first === undefined || second === undefined || third === undefined) return false
  return isPictureTurned(first, second, third) || (keyOf(second) === keyOf(third) && keyOf(first) !== keyOf(second))
}

/** A call without what it does: its step of a pipe, or what stands for its tensor. */
function withoutCall(call: Span, ctx: Context): readonly Fix[] {
  const step = withoutStep(call, ctx.run.modules)
  if (step) return [{ title: `leave out |> ${textOf(call)}`, safety: 'unsafe', edits: [step] }]
  const [first] = callAt(call, ctx)?.args ?? []
  return first?.kind === 'positional' && first.value.kind === 'name' ? [writing(textOf(first.value.span), call)] : []
}
