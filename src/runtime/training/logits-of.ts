import { operands, type Node } from '../../compiler/graph/graph.ts'
import { endingOf } from './ending.ts'
import type { LossName } from './losses.ts'

/**
 * The value a loss is computed from. A cross-entropy is computed from logits, as the logarithm of a softmax or sigmoid that has
 * been rounded to 0 has no use: where the output is `softmax` over the last axis (categorical) or `sigmoid` (binary), it is that
 * op's argument. Any other output is taken as logits; the other losses take every output as it is.
 */
export function logitsOf(output: Node, loss: LossName): Node {
  const { kind } = endingOf(output)
  const isTaken = (loss === 'binary_crossentropy' && kind === 'sigmoid') || (loss === 'categorical_crossentropy' && kind === 'softmax')
  return isTaken ? operands(output)[0]! : output
}
