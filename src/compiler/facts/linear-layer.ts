import { hasBatch, isWeight, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { factsOf } from './facts-of.ts'
import { isSum } from './linearity.ts'

/** What is linear in a map or vector up to a bias: a convolution or a matrix product by a weight. */
export interface LinearLayer {
  readonly product: OpNode
  readonly x: Node
  readonly kernel: WeightNode
  /** Which channels of x each filter reads. */
  readonly reads: 'one' | 'a group' | 'all'
  /** One number for each channel of the product, added to it. */
  readonly bias: WeightNode | undefined
}

/** The layer whose last op a node is. */
export function linearLayerOf(node: Node): LinearLayer | undefined {
  if (node.kind !== 'op' || !hasBatch(node.type)) return undefined
  if (!isSum(node)) return productOf(node)
  const [a, b] = [operandOf(node, 'a'), operandOf(node, 'b')]
  if (!a || !b) return undefined
  return biased(a, b) ?? biased(b, a)
}

function biased(product: Node, bias: Node): LinearLayer | undefined {
  const isBias = isWeight(bias) && bias.kind === 'param' && bias.type.shape.length === 1
  const layer = isBias && product.kind === 'op' ? productOf(product) : undefined
  return layer && isBias ? { ...layer, bias } : undefined
}

function productOf(product: OpNode): LinearLayer | undefined {
  const { kernel: weighing } = factsOf(product)
  if (weighing?.reads === undefined) return undefined
  const [x, kernel] = [operandOf(product, weighing.of), operandOf(product, weighing.by)]
  if (!x || !hasBatch(x.type) || !kernel || !isWeight(kernel)) return undefined
  const isWhole = kernel.type.shape[weighing.reads]?.dim === x.type.shape.at(-1)?.dim
  const reads = weighing.makes.includes(weighing.reads) ? 'one' : isWhole ? 'all' : 'a group'
  return { product, x, kernel, reads, bias: undefined }
}
