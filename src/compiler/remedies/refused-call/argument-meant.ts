import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { textOf } from '../../text/source.ts'
import { blamedValue, elementOf } from '../../elaborate/reports/blamed-argument.ts'
import { givenList } from '../../elaborate/given-values.ts'
import { noRemedies, type Remedies } from '../remedies.ts'
import type { Remedy } from '../remedy.ts'
import { numberOf, type Value, type Matched } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'
import type { Context } from '../../elaborate/context.ts'
import { tableAround } from './table-around.ts'

/** What an argument was meant to be that is wrong by itself: counted as other frameworks do, or with another sign. */
export const argumentMeant: Remedy<'refused-call'> = ({ problem, matched, tensors }, ctx) => {
  const value = blamedValue(problem, matched)
  if (!value) return noRemedies
  const numbers = numbersIn(value) ?? []
  const rank = tensors[0]?.type.shape.length ?? 0
  switch (problem.code) {
    case 'shape/padding':
      return numbers.length === 4
        ? paddingOfFour(value, numbers)
        : { notes: ['an amount of padding is not negative'], fixes: unsigned(value) }
    case 'shape/padding-too-large':
      return smallerPadding(value, matched)
    case 'shape/axis':
      return axesWithBatch(value, numbers, rank)
    case 'shape/permutation':
      return orderWithBatch(value, numbers, rank)
    case 'shape/index':
      return countedFromOne(value, numbers, Number(problem.facts['count']), ctx)
    case 'shape/argument-range':
      if (problem.facts['parameter'] === 'shape') return inferredExtent(value, numbers, tensors)
      return { notes: [], fixes: inRange(elementOf(value, problem.facts['value']), problem.facts['wanted'] ?? '') }
    default:
      return noRemedies
  }
}

/** One number, or a list of them. */
function numbersIn(value: Value): readonly number[] | undefined {
  const numbers = (value.kind === 'list' ? value.items : [value]).map(numberOf)
  return numbers.every((number) => number !== undefined) ? numbers : undefined
}

const isNumeral = (text: string): boolean => /^-?\d[\d.e-]*$/.test(text)

/** Other numbers in place of those that are written out one by one, wherever they stand. */
function renumbered(value: Value, numbers: readonly number[]): readonly Fix[] {
  const edits = (value.kind === 'list' ? value.items : [value]).map(({ origin: { span } }, i): Edit | undefined =>
    isNumeral(textOf(span)) ? { span, text: String(numbers[i]) } : undefined,
  )
  if (!edits.every((edit) => edit !== undefined)) return []
  const text = value.kind === 'list' ? `[${numbers.join(', ')}]` : numbers.join()
  return [{ title: `write ${text}`, edits: edits.filter(({ span, text: number }) => textOf(span) !== number) }]
}

/** Another text for a list of numbers that is written as one. */
const rewritten = ({ origin: { span } }: Value, text: string): readonly Fix[] =>
  /^\[[\s\d,-]*\]$/.test(textOf(span)) ? [writing(text, span)] : []

/** Without its minus. */
function unsigned({ origin: { span } }: Value): readonly Fix[] {
  const text = textOf(span)
  return text.startsWith('-') && isNumeral(text) ? [writing(text.slice(1), span)] : []
}

const inRange = (value: Value, wanted: string): readonly Fix[] =>
  numberOf(value) === 0 && wanted.endsWith('at least 1') && isNumeral(textOf(value.origin.span))
    ? [writing('1', value.origin.span)]
    : unsigned(value)

/** The extent that -1 leaves to be found elsewhere. */
function inferredExtent(value: Value, extents: readonly number[], [tensor]: readonly Node[]): Remedies {
  const elements = (tensor?.type.shape ?? []).reduce((product, { dim }) => product * Number(dim), 1)
  const known = extents.filter((extent) => extent !== -1)
  const left = elements / known.reduce((product, extent) => product * extent, 1)
  if (known.length !== extents.length - 1 || !Number.isInteger(left)) return noRemedies
  return {
    notes: ['no extent is inferred: each is written'],
    fixes: renumbered(
      value,
      extents.map((extent) => (extent === -1 ? left : extent)),
    ),
  }
}

/** Four amounts in a row: where they differ, whose order it is decides what they mean. */
function paddingOfFour(value: Value, amounts: readonly number[]): Remedies {
  const [a, b, c, d] = amounts
  const notes = ['a padding is one amount for all sides, [height, width], or [[top, bottom], [left, right]]']
  if (amounts.every((amount) => amount === a)) return { notes, fixes: rewritten(value, String(a)) }
  const orders = {
    'ONNX, [top, left, bottom, right]': `[[${a}, ${c}], [${b}, ${d}]]`,
    'PyTorch, [left, right, top, bottom]': `[[${c}, ${d}], [${a}, ${b}]]`,
  }
  const fixes = Object.entries(orders).flatMap(([order, text]) =>
    rewritten(value, text).map((fix) => ({ ...fix, title: `in the order of ${order}: ${text}`, byHand: true as const })),
  )
  return { notes, fixes }
}

/** The most that PyTorch pads a pooling by, half a window; a reflection with the border needs one row less. */
function smallerPadding({ origin: { span } }: Value, matched: Matched): Remedies {
  const mode = givenList(matched.get('mode'))[0]?.value
  if (mode?.kind === 'word') {
    const notes = ['reflect mirrors without the border, and needs one row more than it adds; symmetric mirrors with it']
    return textOf(mode.origin.span) === 'reflect' ? { notes, fixes: [writing('symmetric', mode.origin.span)] } : noRemedies
  }
  const size = givenList(matched.get('size'))[0]?.value
  const half = Math.floor(Math.min(...((size && numbersIn(size)) ?? [])) / 2)
  return Number.isFinite(half) && isNumeral(textOf(span)) ? { notes: [], fixes: [writing(String(half), span)] } : noRemedies
}

/** Axes that were counted with the batch, which fmw never does; height and width are 2 and 3 where the channels come first. */
function axesWithBatch(value: Value, axes: readonly number[], rank: number): Remedies {
  if (Math.max(...axes) !== rank || Math.min(...axes) < 1) return noRemedies
  if (rank === 3 && axes.join() === '2,3') {
    return {
      notes: ['2 and 3 are height and width in [N, C, H, W]; in [H, W, C] they are 0 and 1'],
      fixes: renumbered(value, [0, 1]),
    }
  }
  const note = `the batch is not counted: ${axes.length === 1 ? `axis ${rank} is ${rank - 1} here` : 'every axis is one less'}`
  return { notes: [note], fixes: renumbered(value, axes.map((axis) => axis - 1)) }
}

function orderWithBatch(value: Value, order: readonly number[], rank: number): Remedies {
  const isWithBatch = order.length === rank + 1 && order[0] === 0 && order.every((_, axis) => order.includes(axis))
  const rest = `[${order.slice(1).map((axis) => axis - 1).join(', ')}]`
  return isWithBatch
    ? { notes: ['the batch is not counted: the first axis goes, and the others are one less'], fixes: rewritten(value, rest) }
    : noRemedies
}

function countedFromOne(value: Value, indices: readonly number[], count: number, ctx: Context): Remedies {
  if (Math.max(...indices) !== count || Math.min(...indices) < 1) return noRemedies
  const table = tableAround(value.origin.span, ctx)
  const rows = table?.map((row) => row.items.flatMap((item) => (item.value.kind === 'number' ? [item.value] : [])))
  const numbers = rows?.flat() ?? []
  const notes = ['indices count from 0']
  // where others of its rows count from 0, the row is the one that does not
  if (numbers.length === 0 || numbers.some((number) => number.value === 0))
    return {
      notes,
      fixes: renumbered(
        value,
        indices.map((index) => index - 1),
      ),
    }
  const edits = numbers.map((number) => ({ span: number.span, text: String(number.value - 1) }))
  return { notes, fixes: [{ title: 'write every index of the table one less', edits }] }
}
