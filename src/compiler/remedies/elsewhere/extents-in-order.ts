import type { Argument, Expr } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import type { Called } from './arguments.ts'
import { numbersOf } from './axes.ts'

/** Extents or axes that a tensor is given in another order or with a batch, as they are here. */
interface InOrder {
  readonly op: string
  readonly args: readonly string[]
  readonly notes: readonly string[]
  readonly isSure: boolean
  readonly isPossible: boolean
}

const withoutBatch = 'the batch is not counted: the first axis goes, and the others are one less'

/** What elsewhere reshapes or permutes axes, by a list or by as many numbers, here takes a list and knows of no batch. */
export function inOrder(called: Called): readonly InOrder[] {
  const [first, ...others] = called.args
  const items = first?.value.kind === 'list' && others.length === 0 ? first.value.items.map(({ value }) => value) : called.args.map(({ value }) => value)
  return called.op === 'reshape' ? [reshaped(items)] : permuted(items, called)
}

const said = (op: string, args: readonly string[], isSure: boolean, ...notes: readonly string[]): InOrder => ({ op, args, notes, isSure, isPossible: true })
const unsaid = (op: string, ...notes: readonly string[]): InOrder => ({ op, args: [], notes, isSure: false, isPossible: false })

function reshaped(items: readonly Expr[]): InOrder {
  const texts = items.map(({ span }) => textOf(span))
  const isBatch = texts.length > 1 && /^-1$|\.size\(0\)$|\.shape\[0\]$/.test(texts[0]!)
  const extents = isBatch ? texts.slice(1) : texts
  if (extents.join() === '-1') return said('flatten', [], true)
  if (extents.length === 0) return unsaid('reshape')
  return said('reshape', [`[${extents.join(', ')}]`], !isBatch, ...(isBatch ? ['the batch is not counted: its -1 goes'] : []))
}

const channelsLast: ReadonlySet<string> = new Set(['0,2,3,1', '0,3,1,2', '1,2,0', '2,0,1'])

function permuted(items: readonly Expr[], { word, framework, shape }: Called): readonly InOrder[] {
  const axes = items.flatMap((item) => numbersOf(item) ?? [])
  const rank = shape?.length
  if (axes.length !== items.length) return [unsaid('transpose')]
  if (axes.length === 0) return [rank === 2 ? said('transpose', ['[1, 0]'], true) : unsaid('transpose', 'the axes are given in their new order: transpose(x, [1, 0])')]
  if (word === 'Permute') return [said('transpose', [listOf(axes.map((axis) => axis - 1))], false, 'axes are counted from 0, without the batch')]
  if (axes.length === 2 && framework === 'torch' && word !== 'permute') return exchanged(axes, rank)
  if (channelsLast.has(axes.join())) return [unsaid('transpose', 'channels are always last, so that nothing is to be put in that order: leave it out')]
  const hasBatch = axes[0] === 0 && framework !== 'numpy' && axes.length === (rank ?? axes.length - 1) + 1 && axes.length > 2
  return hasBatch
    ? [said('transpose', [listOf(axes.slice(1).map((axis) => axis - 1))], false, withoutBatch)]
    : [said('transpose', [listOf(axes)], true)]
}

const listOf = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`

/** Two axes that change places, counted with the batch or from the end. */
function exchanged(axes: readonly number[], rank: number | undefined): readonly InOrder[] {
  const isFromEnd = axes.every((axis) => axis < 0)
  const ranks = rank === undefined ? (isFromEnd ? [2, 3] : [Math.max(...axes)]) : [rank]
  const orders = ranks.map((count) => {
    const [a, b] = axes.map((axis) => (axis < 0 ? count + axis : axis - 1))
    return Array.from({ length: count }, (_, axis) => (axis === a ? b! : axis === b ? a! : axis))
  })
  return orders.map((order) => said('transpose', [listOf(order)], isFromEnd && rank !== undefined, ...(isFromEnd ? [] : [withoutBatch])))
}

export const isInOrder = (op: string, args: readonly Argument[]): boolean =>
  (op === 'reshape' || op === 'transpose') && args.every(({ kind }) => kind === 'positional')
