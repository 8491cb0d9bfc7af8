import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { argument, extent, tf, type Expression } from './expression.ts'

/**
 * The tfjs call of an elementwise operation of two tensors. TensorFlow aligns shapes at their last axis, so only a batched
 * operand of lower rank needs help: its samples would be taken for rows.
 */
export const broadcastCall = (fn: string, a: TensorType, b: TensorType): Expression =>
  tf(fn, aligned('a', a, b.shape.length), aligned('b', b, a.shape.length))

function aligned(name: string, type: TensorType, otherRank: number): Expression {
  const missing = otherRank - type.shape.length
  if (missing <= 0 || !hasBatch(type)) return argument(name)
  return tf('reshape', argument(name), [-1, ...Array<number>(missing).fill(1), ...type.shape.map(({ dim }) => extent(dim))])
}
