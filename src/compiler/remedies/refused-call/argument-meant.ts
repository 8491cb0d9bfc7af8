import type { Safety } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import type { Expr } from '../../syntax/ast.ts'
import { blamedValue } from '../../elaborate/reports/blamed-argument.ts'
import { writing } from '../../fixes/writing.ts'
import { numbersIn } from '../numbers-in.ts'
import { noRemedies, type Remedies } from '../remedy.ts'
import type { Remedy } from '../remedy.ts'
import { expressionAt } from '../written.ts'

/** What an argument was meant to be that is counted or listed as other frameworks do. */
export const argumentMeant: Remedy<'refused-call'> = ({ problem, matched, tensors }, ctx) => {
  const value = blamedValue(problem, matched)
  if (!value) return noRemedies
  const numbers = numbersIn(value)
  const rank = tensors[0]?.type.shape.length ?? 0
  const meant = (note: string, text: string, safety: Safety = 'unsafe'): Remedies => ({
    notes: [note],
    fixes: isWrittenOut(expressionAt(value.origin.span, ctx)) ? [writing(text, value.origin.span, safety)] : [],
  })
  switch (problem.code) {
    case 'shape/padding':
      return padding(numbers, meant)
    case 'shape/axis':
      return axesWithBatch(numbers, value.kind === 'list', rank, meant)
    case 'shape/permutation':
      return orderWithBatch(numbers, rank, meant)
    case 'shape/argument-range':
      return problem.blames?.parameter === 'shape' ? inferredExtent(numbers, tensors, meant) : noRemedies
    default:
      return noRemedies
  }
}

/** What is said, and what is written instead where that stands in numbers. */
type Meant = (note: string, text: string, safety?: Safety) => Remedies

const isWrittenOut = (expr: Expr | undefined): boolean =>
  expr?.kind === 'number' ||
  (expr?.kind === 'unary' && isWrittenOut(expr.of)) ||
  (expr?.kind === 'list' && expr.items.every(({ value }) => isWrittenOut(value)))

const listOf = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`

/** Four amounts in a row: where they differ, whose order it is decides what they mean. */
function padding(amounts: readonly number[], meant: Meant): Remedies {
  const note = 'a padding is one amount for all sides, [height, width], or [[top, bottom], [left, right]], and none is negative'
  const said = meant(note, String(amounts[0]), 'safe')
  return amounts.length === 4 && amounts.every((amount) => amount === amounts[0]) ? said : { ...said, fixes: [] }
}

/** Axes that were counted with the batch, which fmw never does; height and width are 2 and 3 where the channels come first. */
function axesWithBatch(axes: readonly number[], isList: boolean, rank: number, meant: Meant): Remedies {
  if (Math.max(...axes) !== rank || Math.min(...axes) < 1) return noRemedies
  if (rank === 3 && axes.join() === '2,3') return meant('2 and 3 are height and width in [N, C, H, W]; in [H, W, C] they are 0 and 1', '[0, 1]')
  const rest = axes.map((axis) => axis - 1)
  const which = axes.length === 1 ? `axis ${rank} is ${rank - 1} here` : 'every axis is one less'
  return meant(`the batch is not counted: ${which}`, isList ? listOf(rest) : rest.join())
}

function orderWithBatch(order: readonly number[], rank: number, meant: Meant): Remedies {
  const isWithBatch = order.length === rank + 1 && order[0] === 0 && order.every((_, axis) => order.includes(axis))
  const rest = order.slice(1).map((axis) => axis - 1)
  return isWithBatch ? meant('the batch is not counted: the first axis goes, and the others are one less', listOf(rest), 'safe') : noRemedies
}

/** The extent that -1 leaves to be found elsewhere. */
function inferredExtent(extents: readonly number[], [tensor]: readonly Node[], meant: Meant): Remedies {
  const elements = (tensor?.type.shape ?? []).reduce((product, { dim }) => product * Number(dim), 1)
  const known = extents.filter((extent) => extent !== -1)
  const left = elements / known.reduce((product, extent) => product * extent, 1)
  if (known.length !== extents.length - 1 || !Number.isInteger(left)) return noRemedies
  return meant('no extent is inferred: each is written', listOf(extents.map((extent) => (extent === -1 ? left : extent))), 'safe')
}
