import type { Expr, ListExpr } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'

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
  threeExtents(shape)?.every((extent, axis) => extent.kind === 'name' && names[axis]!.has(extent.name.toLowerCase())) ?? false

const names: readonly ReadonlySet<string>[] = [
  new Set(['c', 'ch', 'channels', 'cin', 'c_in', 'in_channels']),
  new Set(['h', 'height']),
  new Set(['w', 'width']),
]

/** [channels, height, width] as a map has them. */
export const mapText = ([channels, height, width]: Three): string => `[${[height, width, channels].map(({ span }) => textOf(span)).join(', ')}]`
