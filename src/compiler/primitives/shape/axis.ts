import { printDim, printShape } from '../../dim/print.ts'
import type { Extent, Shape } from '../../graph/graph.ts'
import { labelText } from '../../text/label-text.ts'
import { outOfRange } from './argument-range.ts'
import { blaming, problem, type Problem, type Refused } from '../primitive.ts'

/** What an axis is called, and how an extent along it is said: `height 7`, `3 channels`, `7 along axis 3`. */
export interface Axis {
  readonly name: string
  readonly said: 'named' | 'counted' | 'numbered'
  /** What stands along it is called so, where that is not its name. */
  readonly elements?: string
}

export const mapAxes = {
  height: { name: 'height', said: 'named', elements: 'rows' },
  width: { name: 'width', said: 'named', elements: 'columns' },
  channels: { name: 'channels', said: 'counted' },
} as const satisfies Readonly<Record<string, Axis>>

const { height, width, channels } = mapAxes
const axesByRank: Readonly<Record<number, readonly Axis[]>> = { 1: [channels], 3: [height, width, channels] }

/** A map is [height, width, channels], a vector [channels]; the axes of anything else are numbered. */
export const axisOf = (rank: number, axis: number): Axis => axesByRank[rank]?.[axis] ?? { name: `axis ${axis}`, said: 'numbered' }

/** The label that shows where an extent was decided, and by which arithmetic. */
export function decided(extent: Extent, axis: Axis): { readonly extent: Extent } & ReturnType<typeof labelText> {
  const size = printDim(extent.dim)
  const what =
    axis.said === 'counted'
      ? `${size} ${extent.dim === 1 ? 'channel' : 'channels'}`
      : axis.said === 'numbered'
        ? `${size} along ${axis.name}`
        : `${axis.name} ${size}`
  if (extent.how === undefined) return { extent, ...labelText(what, 'decided') }
  // the arithmetic of a symbolic extent may be its expression once more
  return { extent, ...labelText(what, 'computed', extent.how === `${size} = ${size}` ? undefined : extent.how) }
}

/** The same for several axes of a shape; what one place computed for height and width is said once. */
export function decidedAlong(shape: Shape, axes: readonly number[]): Problem['labels'] {
  const [height, width] = shape
  const isBoth = shape.length === 3 && axes.includes(0) && axes.includes(1)
  const both = isBoth && height && width ? computedTogether(height, width) : undefined
  const others = axes.filter((axis) => !both || axis > 1)
  return [...(both ? [both] : []), ...others.map((axis) => decided(shape[axis]!, axisOf(shape.length, axis)))]
}

function computedTogether(height: Extent, width: Extent): Problem['labels'][number] | undefined {
  const [how, other] = [height, width].map(({ how, dim }) =>
    how === `${printDim(dim)} = ${printDim(dim)}` ? printDim(dim) : how,
  )
  const isOnePlace = height.origin.span === width.origin.span && height.origin.frame === width.origin.frame
  if (!isOnePlace || how === undefined || other === undefined) return undefined
  return how === other
    ? { extent: height, ...labelText(`height and width ${printDim(height.dim)}`, 'computed', how) }
    : { extent: height, ...labelText('height and width', 'computed', `${how}, ${other}`) }
}

/** The position of an axis that `parameter` gives and may count from the end (-1 is the last). */
export function axisAt(op: string, parameter: string, axis: number, shape: Shape): number | Refused {
  const position = axis < 0 ? axis + shape.length : axis
  if (Number.isInteger(position) && position >= 0 && position < shape.length) return position
  return blaming(
    { parameter, number: axis },
    problem('shape/axis', { op, axis: String(axis), shape: printShape(shape), rank: String(shape.length) }),
  )
}

/** The positions of the axes that a call gives, each once and at least one. */
export function positionsOf(op: string, axes: readonly number[], shape: Shape): readonly number[] | Refused {
  const none = outOfRange(op, 'axis', 'a list of at least one axis', axes.length, axes.length > 0)
  if (none) return none
  const positions: number[] = []
  for (const axis of axes) {
    const position = axisAt(op, 'axis', axis, shape)
    if (typeof position !== 'number') return position
    const twice = outOfRange(op, 'axis', 'different axes', axis, !positions.includes(position))
    if (twice) return twice
    positions.push(position)
  }
  return positions
}
