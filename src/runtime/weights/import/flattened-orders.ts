import { hasBatch, operands, type Graph, type Node, type OpNode } from '../../../compiler/graph/graph.ts'

/**
 * How the last axis of a value is related to maps that were flattened on the way to it: where each element would stand if their channels
 * were outermost, as PyTorch has them; or `lost` behind an op, by its path, that mixes the order up.
 */
export type Order = { readonly order: Int32Array } | { readonly lost: string }

/** The values of a graph whose order differs from that which PyTorch would have. */
export function flattenedOrders(graph: Graph): ReadonlyMap<Node, Order> {
  const orders = new Map<Node, Order>()
  for (const node of graph.nodes) {
    if (node.kind !== 'op' || !hasBatch(node.type)) continue
    const order = orderOf(node, orders)
    if (order) orders.set(node, order)
  }
  return orders
}

/** Ops that give each element of the last axis what becomes of that element. */
const elementwise = new Set([
  'abs', 'add', 'batch_norm', 'compare', 'div', 'dropout', 'elu', 'erf', 'exp', 'log', 'maximum', 'minimum', 'mul', 'relu', 'sigmoid', 'softmax',
  'softplus', 'sqrt', 'sub', 'tanh',
])

function orderOf(node: OpNode, orders: ReadonlyMap<Node, Order>): Order | undefined {
  const before = operands(node).filter((operand) => hasBatch(operand.type))
  if (node.op === 'reshape') return flattened(node, before[0], orders)
  const known = before.flatMap((operand) => orders.get(operand) ?? [])
  if (known.length === 0 || node.op === 'matmul' || node.op.startsWith('conv2d') || node.op === 'reduce_axes') return undefined
  const [first] = known
  if (elementwise.has(node.op)) return known.every((order) => isSame(order, first!)) && sameLength(node, before) ? first : { lost: node.path }
  if (node.op === 'concatenate') return joined(before, orders) ?? { lost: node.path }
  return { lost: node.path }
}

/** [H, W, C] as one axis. */
function flattened(node: OpNode, x: Node | undefined, orders: ReadonlyMap<Node, Order>): Order | undefined {
  const [before, after] = [extentsOf(x), extentsOf(node)]
  const known = x && orders.get(x)
  if (known) return before?.filter((extent) => extent !== 1).join() === after?.filter((extent) => extent !== 1).join() ? known : { lost: node.path }
  if (before?.length !== 3 || after?.length !== 1) return undefined
  const [height = 1, width = 1, channels = 1] = before
  const places = height * width
  if (places === 1 || channels === 1) return undefined
  return { order: Int32Array.from({ length: places * channels }, (_, i) => (i % channels) * places + Math.floor(i / channels)) }
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

function extentsOf(node: Node | undefined): readonly number[] | undefined {
  const dims = node?.type.shape.map(({ dim }) => dim) ?? []
  const known = dims.filter((dim) => typeof dim === 'number')
  return node && known.length === dims.length ? known : undefined
}

const isSame = (a: Order, b: Order): boolean => ('lost' in a || 'lost' in b ? false : a === b || String(a.order) === String(b.order))

/** Elements that are spread over an axis keep no order of their own. */
const sameLength = (node: Node, before: readonly Node[]): boolean =>
  before.every(({ type: { shape } }) => shape.length === 0 || shape.at(-1)?.dim === node.type.shape.at(-1)?.dim)
