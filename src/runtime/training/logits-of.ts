import { operands, type Node, type OpNode } from '../../compiler/graph/graph.ts'
import type { LossName } from './losses.ts'

/**
 * The value a loss is computed from. A cross-entropy is computed from logits, as the logarithm of a softmax or sigmoid that has
 * been rounded to 0 has no use: where the output is `softmax` over the last axis (categorical) or `sigmoid` (binary), it is that
 * op's argument. Any other output is taken as logits; the other losses take every output as it is.
 */
export function logitsOf(output: Node, loss: LossName): Node {
  if (loss === 'binary_crossentropy') return isOp(output, 'sigmoid') ? operands(output)[0]! : output
  if (loss === 'categorical_crossentropy')
    return isOp(output, 'softmax') && isOverLastAxis(output) ? operands(output)[0]! : output
  return output
}

const isOp = (node: Node, name: string): node is OpNode => node.kind === 'op' && node.op === name

const isOverLastAxis = ({ attributes: { axis }, type }: OpNode): boolean => Array.isArray(axis) && axis.length === 1 && (axis[0] === -1 || axis[0] === type.shape.length - 1)
