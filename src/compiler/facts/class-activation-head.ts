import { hasBatch, operands, type Node, type OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { factsOf } from './facts-of.ts'
import { isSum } from './linearity.ts'

/** The end of a network of which class activation maps can be drawn: `logits = dense(pool.global(maps))`, or of several such averages side by side. */
export interface ClassActivationHead {
  /** In the order of the weights. */
  readonly parts: readonly AveragedMaps[]
  /** The weights of the dense layer [C, classes]. */
  readonly kernel: Node
  /** [classes], before a softmax. */
  readonly logits: Node
}

export interface AveragedMaps {
  /** [H, W, C] */
  readonly maps: Node
  /** The row of the kernel that weighs its first channel. */
  readonly first: number
}

/** Why a value is no such end: what stands where something else is looked for. */
export interface NoHead {
  readonly at: Node
  readonly wanted: string
}

/**
 * Looks for a dense layer on a global average of maps (Zhou et al. 2016), going back from a node; a softmax or sigmoid may follow
 * the layer, and dropouts and reshapes may stand between.
 */
export function classActivationHead(node: Node): ClassActivationHead | NoHead {
  const result = logitsBefore(node)
  if (result.type.shape.length !== 1) return { at: result, wanted: 'a vector of logits, one for each class' }
  const product = skip(withoutBias(result), isTransparent)
  const weighing = factsOf(product).kernel
  const [x, kernel] = operands(product)
  if (!weighing || !x || kernel?.type.shape.length !== 2) return { at: product, wanted: 'the product of a dense layer' }
  if (hasBatch(kernel.type) || weighing.reads !== 0 || weighing.makes[0] !== 1)
    return { at: kernel, wanted: 'the weights [channels, classes] of a dense layer' }
  const parts: AveragedMaps[] = []
  let first = 0
  for (const pooled of sideBySide(x)) {
    const maps = pooled.kind === 'op' ? averaged(pooled) : undefined
    const channels = maps?.type.shape[2]?.dim
    if (!maps || typeof channels !== 'number') return { at: pooled, wanted: 'the global average of maps (pool.global)' }
    parts.push({ maps, first })
    first += channels
  }
  return { parts, kernel, logits: result }
}

/** The vectors that a vector is the concatenation of; any other is its only part. */
function sideBySide(vector: Node): readonly Node[] {
  const result = skip(vector, isTransparent)
  return result.kind === 'op' && result.op === 'concatenate' ? operands(result).flatMap(sideBySide) : [result]
}

/** A vector of logits before what makes probabilities of them. */
export const logitsBefore = (node: Node): Node => skip(node, (op) => isTransparent(op) || op.op === 'softmax' || op.op === 'sigmoid')

/** Whether it leaves a vector as it is in inference, or makes one of a map. */
const isTransparent = (node: OpNode): boolean => factsOf(node).identity !== undefined || node.op === 'reshape'

function skip(node: Node, isPassed: (node: OpNode) => boolean): Node {
  let at = node
  while (at.kind === 'op' && isPassed(at)) at = operands(at)[0]!
  return at
}

function withoutBias(node: Node): Node {
  if (!isSum(node)) return node
  const [a, b] = operands(node)
  return hasBatch(b!.type) ? (hasBatch(a!.type) ? node : b!) : a!
}

/** The maps whose mean over all places a node is. */
function averaged(node: OpNode): Node | undefined {
  const { averages } = factsOf(node)
  const maps = averages && operandOf(node, averages.of)
  return maps?.type.shape.length === 3 && averages?.axes.toSorted().join() === '0,1' ? maps : undefined
}
