import { hasBatch, isWeight, operands, type Graph, type Node, type OpNode } from '../../../compiler/graph/graph.ts'
import { operandOf } from '../../../compiler/graph/operand.ts'
import { elementwise, essentialExtents, extentsOf, isOne, isSame, mapOrder, type Order } from './orders.ts'

/**
 * The values of a graph that become maps by a reshape, with the order that their last axis must have here for that to be the map that PyTorch
 * makes of it, whose channels are outermost; `lost` where an op between keeps no order.
 */
export function unflattenedOrders(graph: Graph): ReadonlyMap<Node, Order> {
  const wanted = new Map<Node, Order>()
  const consumers = consumersOf(graph)
  const want = (node: Node, order: Order): void => {
    const before = wanted.get(node)
    wanted.set(node, before && !isSame(before, order) ? { lost: node.path } : order)
  }
  for (const node of graph.nodes.toReversed()) {
    if (node.kind !== 'op' || !hasBatch(node.type) || isKernelOp(node)) continue
    const order = orderOfMap(node, consumers.get(node) ?? []) ?? wanted.get(node)
    if (!order) continue
    for (const operand of operands(node)) {
      const own = hasBatch(operand.type) ? orderBefore(node, operand, order) : undefined
      if (own) want(operand, own)
    }
  }
  return wanted
}

/** An op whose kernel is a weight, which can have any order of its units. */
const isKernelOp = (node: OpNode): boolean => (node.op === 'matmul' || node.op.includes('conv2d')) && operands(node).some(isWeight)

function consumersOf(graph: Graph): ReadonlyMap<Node, readonly OpNode[]> {
  const result = new Map<Node, OpNode[]>()
  for (const node of graph.nodes) {
    if (node.kind !== 'op') continue
    for (const operand of operands(node)) result.set(operand, [...(result.get(operand) ?? []), node])
  }
  return result
}

/** That of the vector which a reshape makes a map of; none where the text itself says that its channels are outermost. */
function orderOfMap(node: OpNode, consumers: readonly OpNode[]): Order | undefined {
  const [x] = operands(node)
  const [before, after] = [extentsOf(x), extentsOf(node)]
  if (node.op !== 'reshape' || !before || !after || essentialExtents(before).length !== 1) return undefined
  const order = mapOrder(after)
  if (!order || consumers.some((consumer) => consumer.op === 'matmul' && !isKernelOp(consumer))) return undefined
  const turned = consumers.filter(({ op }) => op === 'transpose')
  if (turned.length === 0) return order
  const areLast = turned.length === consumers.length && turned.every(({ attributes: { order: axes } }) => Array.isArray(axes) && axes.at(-1) === 0)
  return areLast ? undefined : { lost: node.path }
}

/** The order that an operand must have for the result to have one. */
function orderBefore(node: OpNode, operand: Node, order: Order): Order | undefined {
  const [before, after] = [extentsOf(operand), extentsOf(node)]
  const lost = { lost: 'lost' in order ? order.lost : node.path }
  if (node.op === 'reshape') {
    if (!before || !after) return lost
    if (essentialExtents(before).join() === essentialExtents(after).join() || essentialExtents(after).length > 1) return order
    // a map that is flattened has that order
    const own = mapOrder(before)
    return own && isSame(own, order) ? undefined : lost
  }
  if (isOne(operand)) return undefined
  return elementwise.has(node.op) && before?.at(-1) === after?.at(-1) ? order : lost
}

/** Whether an op multiplies by a weight that has the elements of its result as its last axis. */
export const hasColumns = (node: OpNode): boolean => {
  const kernel = node.op === 'matmul' ? operandOf(node, 'b') : undefined
  return kernel !== undefined && isWeight(kernel) && node.attributes['transpose_b'] !== true
}
