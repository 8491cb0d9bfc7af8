import type { Dim } from '../dim/expr.ts'
import type { Expr, ListExpr } from '../syntax/ast.ts'
import { textOf } from '../text/source.ts'

type Three = readonly [Expr, Expr, Expr]

/** The three extents of a shape that is written out. */
export function threeExtents(shape: ListExpr): Three | undefined {
  const [first, second, third, ...others] = shape.items
  return first?.kind === 'value' && second?.kind === 'value' && third?.kind === 'value' && others.length === 0
    ? [first.value, second.value, third.value]
    : undefined
}

/** Whether a shape is written in the names of [channels, height, width]. */
export const isNamedTurned = (shape: ListExpr): boolean =>
  threeExtents(shape)?.every((extent, axis) => (extent.kind === 'name' ? names[axis]!.has(extent.name.toLowerCase()) : axis === 0 && isColours(extent))) ?? false

const isColours = (extent: Expr): boolean => extent.kind === 'number' && isFew(extent.value)

const names: readonly ReadonlySet<string>[] = [
  new Set(['c', 'ch', 'channels', 'cin', 'c_in', 'in_channels']),
  new Set(['h', 'height']),
  new Set(['w', 'width']),
]

/** Whether extents are one channel, the colours, or these with a fourth, before the size of a picture. */
export const isPictureTurned = (channels: Dim, height: Dim, width: Dim): boolean => isFew(channels) && !isSmall(height) && !isSmall(width)

const isFew = (dim: Dim): boolean => dim === 1 || dim === 3 || dim === 4
const isSmall = (dim: Dim): boolean => typeof dim === 'number' && dim < 16

/** [channels, height, width] as a map has them. */
export const mapText = ([channels, height, width]: Three): string => `[${[height, width, channels].map(({ span }) => textOf(span)).join(', ')}]`

/** What is asked of somebody who wrote a map so. */
export const turnedNote = (name: string, shape: string): string => `maps are [height, width, channels]: is ${name} meant to be ${shape}?`
