import type { Expr } from '../../syntax/ast.ts'
import type { Framework } from './frameworks.ts'

export const countedOtherwise = 'axes are counted without the batch, and channels are last: of a map they are 0, 1 and 2'

/** The numbers of one or of a list that is written out. */
export function numbersOf(expr: Expr): readonly number[] | undefined {
  if (expr.kind === 'number') return [expr.value]
  if (expr.kind === 'unary' && expr.op === '-') return numbersOf(expr.of)?.map((number) => -number)
  if (expr.kind !== 'list') return undefined
  const numbers = expr.items.map(({ kind, value }) => (kind === 'value' && value.kind !== 'list' ? numbersOf(value)?.[0] : undefined))
  return numbers.every((number) => number !== undefined) ? numbers : undefined
}

/**
 * What axes of another framework may be here, the likeliest first. From the end they are counted alike; 0 is no axis of a batch, of which nothing here
 * knows, but what it is here.
 *
 * @param rank of the tensor without its batch; a map, unless known
 */
export function axesHere(axes: readonly number[], framework: Framework | undefined, rank = 3): readonly (readonly number[])[] {
  if (framework === 'numpy' || axes.some((axis) => axis <= 0)) return [axes]
  const withoutBatch = axes.map((axis) => axis - 1)
  if (framework === 'keras' || rank !== 3 || axes.some((axis) => axis > 3)) return [withoutBatch]
  const channelsLast = axes.map((axis) => (axis + 1) % 3).toSorted((a, b) => a - b)
  if (channelsLast.length > 2) return [channelsLast]
  // channels and one of height and width are hardly ever taken together
  if (axes.length > 1 && axes.includes(1)) return [withoutBatch, channelsLast]
  return framework === 'torch' ? [channelsLast] : [channelsLast, withoutBatch]
}

export const isCountedAlike = (axes: readonly number[]): boolean => axes.every((axis) => axis < 0)
