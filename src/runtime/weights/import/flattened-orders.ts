import { hasBatch, operands, type Graph, type Node, type OpNode } from '../../../compiler/graph/graph.ts'
import { elementwise, essentialExtents, extentsOf, isOne, isSame, mapOrder, type Order } from './orders.ts'
import { hasColumns } from './unflattened-orders.ts'

/**
 * The values of a graph whose order differs from that which PyTorch would have.
 *
 * @param wanted the orders that values have since they become maps
 */
export function flattenedOrders(graph: Graph, wanted: ReadonlyMap<Node, Order>): ReadonlyMap<Node, Order> {
  const orders = new Map<Node, Order>()
  for (const node of graph.nodes) {
    if (node.kind !== 'op' || !hasBatch(node.type)) continue
    const order = hasColumns(node) ? wanted.get(node) : orderOf(node, orders)
    if (order) orders.set(node, order)
  }
  return orders
}

function orderOf(node: OpNode, orders: ReadonlyMap<Node, Order>): Order | undefined {
  const before = operands(node).filter((operand) => hasBatch(operand.type))
  if (node.op === 'reshape') return reshaped(node, before[0], orders)
  const known = before.flatMap((operand) => orders.get(operand) ?? [])
  if (known.length === 0 || node.op === 'matmul' || node.op.includes('conv2d') || node.op === 'reduce_axes') return undefined
  if (elementwise.has(node.op)) return shared(node, before, orders)
  if (node.op === 'concatenate') return joined(before, orders) ?? { lost: node.path }
  return { lost: node.path }
}

/** The one order that all operands have but those that are one number for all elements. */
function shared(node: OpNode, before: readonly Node[], orders: ReadonlyMap<Node, Order>): Order {
  const along = before.filter((operand) => orders.has(operand) || !isOne(operand))
  const [first, ...others] = along.map((operand) => orders.get(operand))
  const isKept = along.every(({ type: { shape } }) => shape.at(-1)?.dim === node.type.shape.at(-1)?.dim)
  return first && isKept && others.every((order) => order && isSame(order, first)) ? first : { lost: node.path }
}

/** [H, W, C] as one axis, and back. */
function reshaped(node: OpNode, x: Node | undefined, orders: ReadonlyMap<Node, Order>): Order | undefined {
  const [before, after] = [extentsOf(x), extentsOf(node)]
  const known = x && orders.get(x)
  if (known) {
    if (before && after && essentialExtents(before).join() === essentialExtents(after).join()) return known
    const map = after && mapOrder(after)
    return map && isSame(map, known) ? undefined : { lost: node.path }
  }
  if (!before || after?.length !== 1) return undefined
  const axes = axesBefore(x)
  // [2, 0, 1] has brought the channels to where PyTorch has them
  if (axes && axes.at(-1) !== 2) return String(axes) === '2,0,1' ? undefined : { lost: node.path }
  return mapOrder(before)
}

/** The axes of a map in the order in which it was transposed. */
function axesBefore(x: Node | undefined): readonly unknown[] | undefined {
  let at = x
  while (at?.kind === 'op' && elementwise.has(at.op)) at = operands(at).find((operand) => hasBatch(operand.type))
  const axes = at?.kind === 'op' && at.op === 'transpose' ? at.attributes['order'] : undefined
  return Array.isArray(axes) && axes.length === 3 ? axes : undefined
}

/** Vectors one after the other, each in its order. */
function joined(parts: readonly Node[], orders: ReadonlyMap<Node, Order>): Order | undefined {
  const all: number[] = []
  for (const part of parts) {
    const [length, ...more] = extentsOf(part) ?? []
    const known = orders.get(part)
    if (length === undefined || more.length > 0 || (known && 'lost' in known)) return undefined
    const start = all.length
    for (let i = 0; i < length; i++) all.push(start + (known ? known.order[i]! : i))
  }
  return { order: Int32Array.from(all) }
}
