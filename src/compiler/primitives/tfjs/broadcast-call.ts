import { keyOf, multiply, type Dim } from '../../dim/expr.ts'
import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { argument, extent, tf, type Expression } from './expression.ts'
import { hasFewAxes, withBatch } from './sample-axes.ts'

/**
 * The tfjs call of an elementwise operation of two tensors. TensorFlow aligns shapes at their last axis, so only a batched
 * operand of lower rank needs help: its samples would be taken for rows. Many axes become one.
 */
export function broadcastCall(fn: string, a: TensorType, b: TensorType, result: TensorType): Expression {
  if (hasFewAxes(result)) return tf(fn, aligned('a', a, b.shape.length), aligned('b', b, a.shape.length))
  const dims = result.shape.map(({ dim }) => dim)
  return tf('reshape', tf(fn, flattened('a', a, dims), flattened('b', b, dims)), withBatch(result, extent(-1), dims.map(extent)))
}

function aligned(name: string, type: TensorType, otherRank: number): Expression {
  const missing = otherRank - type.shape.length
  if (missing <= 0 || !hasBatch(type)) return argument(name)
  return tf('reshape', argument(name), [-1, ...Array<number>(missing).fill(1), ...type.shape.map(({ dim }) => extent(dim))])
}

/** Stretched to these extents, which then are one axis. */
function flattened(name: string, type: TensorType, dims: readonly Dim[]): Expression {
  const own = [...Array<number>(dims.length - type.shape.length).fill(1), ...type.shape.map(({ dim }) => dim)]
  let whole = argument(name)
  for (const [axis, dim] of dims.entries()) {
    if (keyOf(own[axis]!) === keyOf(dim)) continue
    const behind = own.slice(axis + 1).reduce(multiply, 1)
    whole = tf('tile', tf('reshape', whole, [-1, 1, extent(behind)]), [1, extent(dim), 1])
  }
  return tf('reshape', whole, withBatch(type, extent(-1), [extent(dims.reduce(multiply, 1))]))
}
