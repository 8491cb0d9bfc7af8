import { hasBatch, isWeight, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'

/** What is linear in a map or vector up to a bias: a convolution or a matrix product by a weight. */
export interface LinearLayer {
  readonly product: OpNode
  readonly x: Node
  readonly kernel: WeightNode
  /** One number for each channel of the product, added to it. */
  readonly bias: WeightNode | undefined
}

/** The layer whose last op a node is. */
export function linearLayerOf(node: Node): LinearLayer | undefined {
  if (node.kind !== 'op' || !hasBatch(node.type)) return undefined
  if (node.op !== 'add') return productOf(node)
  const [a, b] = [operandOf(node, 'a'), operandOf(node, 'b')]
  if (!a || !b) return undefined
  return biased(a, b) ?? biased(b, a)
}

function biased(product: Node, bias: Node): LinearLayer | undefined {
  const isBias = isWeight(bias) && bias.kind === 'param' && bias.type.shape.length === 1
  const layer = isBias && product.kind === 'op' ? productOf(product) : undefined
  return layer && isBias ? { ...layer, bias } : undefined
}

const convolutions: ReadonlySet<string> = new Set(['conv2d', 'depthwise_conv2d', 'conv2d_transpose'])

function productOf(product: OpNode): LinearLayer | undefined {
  const turned = product.attributes['transpose_a'] === true || product.attributes['transpose_b'] === true
  if (product.op === 'matmul' ? turned : !convolutions.has(product.op)) return undefined
  const [x, kernel] = product.op === 'matmul' ? ['a', 'b'] : ['x', 'kernel']
  const [read, weight] = [operandOf(product, x!), operandOf(product, kernel!)]
  return read && hasBatch(read.type) && weight && isWeight(weight) ? { product, x: read, kernel: weight, bias: undefined } : undefined
}
