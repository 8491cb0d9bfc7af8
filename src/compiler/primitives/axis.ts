import { printDim, printShape } from '../dim/print.ts'
import type { Extent, Shape } from '../graph.ts'
import { problem, type Problem, type Refused } from './primitive.ts'

const namesByRank: Readonly<Record<number, readonly string[]>> = { 1: ['channels'], 3: ['height', 'width', 'channels'] }

/** What an axis is called: a map is [height, width, channels], a vector [channels]; the axes of anything else are numbered. */
export const axisName = (rank: number, axis: number): string => namesByRank[rank]?.[axis] ?? `axis ${axis}`

/** The label that shows where an extent was decided, and by which arithmetic. */
export function decided(extent: Extent, axis: string): Problem['labels'][number] {
  const size = printDim(extent.dim)
  const what = axis === 'channels' ? `${size} channels` : axis.startsWith('axis') ? `${size} along ${axis}` : `${axis} ${size}`
  if (extent.how === undefined) return { extent, text: `${what} decided here` }
  // the arithmetic of a symbolic extent is its expression once more
  return { extent, text: typeof extent.dim === 'number' ? `${what} computed here: ${extent.how}` : `${what} computed here` }
}

/** The position of an axis that may be counted from the end (-1 is the last). */
export function axisAt(op: string, axis: number, shape: Shape): number | Refused {
  const position = axis < 0 ? axis + shape.length : axis
  if (Number.isInteger(position) && position >= 0 && position < shape.length) return position
  return problem('shape/axis', { op, axis: String(axis), shape: printShape(shape), rank: String(shape.length) })
}
