import { keyOf, multiply, type Dim } from '../../dim/expr.ts'
import type { TensorType } from '../../graph/graph.ts'
import { argument, extent, tf, type Expression } from './expression.ts'
import { hasFewAxes, withBatch } from './sample-axes.ts'

/** The tfjs call of a slice of the argument `x`: where it begins and how much it is along each axis of a sample. */
export function sliceCall(x: TensorType, begin: readonly Dim[], size: readonly Dim[]): Expression {
  const isCut = x.shape.map(({ dim }, axis) => begin[axis] !== 0 || keyOf(size[axis]!) !== keyOf(dim))
  if (hasFewAxes(x)) {
    const rest = size.map((dim, axis) => (extent(isCut[axis] ? dim : -1)))
    return tf('slice', argument('x'), withBatch(x, extent(0), begin.map(extent)), withBatch(x, extent(-1), rest))
  }
  const dims = x.shape.map(({ dim }) => dim)
  let left = argument('x')
  for (const axis of dims.keys()) {
    if (!isCut[axis]) continue
    // what is before the axis is one, and what is behind it
    const around = tf('reshape', left, [-1, extent(dims[axis]!), extent(dims.slice(axis + 1).reduce(multiply, 1))])
    left = tf('slice', around, [0, extent(begin[axis]!), 0], [-1, extent(size[axis]!), -1])
    dims[axis] = size[axis]!
  }
  return tf('reshape', left, withBatch(x, extent(-1), dims.map(extent)))
}
