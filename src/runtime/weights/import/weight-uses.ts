import { fixedShape } from '../../../compiler/graph/fixed-shape.ts'
import { isWeight, weightsOf, type Graph, type Node, type OpNode, type WeightNode } from '../../../compiler/graph/graph.ts'
import { operandOf } from '../../../compiler/graph/operand.ts'
import { flattenedOrders } from './flattened-orders.ts'
import { isSame, type Order } from './orders.ts'
import { unflattenedOrders } from './unflattened-orders.ts'

/** What a model does with a weight, on which its layout in other programs depends. */
export interface WeightUse {
  readonly weight: WeightNode
  readonly shape: readonly number[]
  readonly kind: 'conv' | 'depthwise' | 'transposed' | 'dense' | 'vector' | 'other'
  /** What it is for its op: `kernel`, `bias`, `scale`, ...; else the last part of its path. */
  readonly role: string
  /** The ops that read it. */
  readonly readers: readonly OpNode[]
  /** Where it has rows for the elements of a flattened map: where each would stand if the channels were outermost. */
  readonly order?: Int32Array
  /** The same of its columns, where what it makes becomes a map. */
  readonly columns?: Int32Array
  /** It has elements for those of maps whose order is not followed; the path of the op at which it is lost. */
  readonly lost?: string
}

/** The ops that have a kernel, the parameter that it is, and that of what it is applied to. */
const kernelOps: Readonly<Record<string, { readonly kind: WeightUse['kind']; readonly by: string; readonly of: string }>> = {
  conv2d: { kind: 'conv', by: 'kernel', of: 'x' },
  depthwise_conv2d: { kind: 'depthwise', by: 'kernel', of: 'x' },
  conv2d_transpose: { kind: 'transposed', by: 'kernel', of: 'x' },
  matmul: { kind: 'dense', by: 'b', of: 'a' },
}

/** Each weight of a model with what is done with it. */
export function weightUses(graph: Graph): readonly WeightUse[] {
  const wanted = unflattenedOrders(graph)
  const orders: Orders = { wanted, found: flattenedOrders(graph, wanted) }
  const readers = new Map<WeightNode, OpNode[]>()
  for (const node of graph.nodes) {
    if (node.kind !== 'op') continue
    for (const argument of Object.values(node.args).flat()) {
      if (!isWeight(argument)) continue
      const list = readers.get(argument) ?? []
      list.push(node)
      readers.set(argument, list)
    }
  }
  return weightsOf(graph).map((weight) => useOf(weight, readers.get(weight) ?? [], orders))
}

interface Orders {
  /** Those that values have since they become maps. */
  readonly wanted: ReadonlyMap<Node, Order>
  readonly found: ReadonlyMap<Node, Order>
}

function useOf(weight: WeightNode, readers: readonly OpNode[], orders: Orders): WeightUse {
  const shape = fixedShape(weight.type.shape)
  const own = weight.segments.at(-1) ?? weight.path
  const [reader] = readers
  const common = { weight, shape, readers }
  const kernel = reader && kernelOps[reader.op]
  if (reader && kernel && operandOf(reader, kernel.by) === weight) {
    const rows = agreed(readers, (op) => orders.found.get(operandOf(op, kernel.of)!))
    const columns = agreed(readers, (op) => orders.wanted.get(op))
    if (isTransposed(reader)) return { ...common, kind: 'other', role: own, ...lostOf(reader, rows ?? columns) }
    return { ...common, kind: kernel.kind, role: 'kernel', ...(kernel.kind === 'dense' ? ordersOf(rows, columns) : lostOf(reader, rows ?? columns)) }
  }
  if (shape.length !== 1) return { ...common, kind: 'other', role: own }
  const named = reader?.op === 'batch_norm' ? Object.keys(reader.args).find((name) => operandOf(reader, name) === weight) : undefined
  return { ...common, kind: 'vector', role: named ?? own, ...ordersOf(agreed(readers, (op) => (isAlong(op, shape) ? orders.found.get(op) : undefined))) }
}

/** A matrix product that reads its kernel [out, in], as PyTorch keeps it. */
const isTransposed = ({ attributes }: OpNode): boolean => attributes['transpose_a'] === true || attributes['transpose_b'] === true

/** The order that a weight has for all that read it. */
function agreed(readers: readonly OpNode[], orderAt: (op: OpNode) => Order | undefined): Order | undefined {
  const [first, ...others] = readers.map(orderAt)
  const at = others.findIndex((order) => (first && order ? !isSame(first, order) : first !== order))
  return at < 0 ? first : { lost: readers[at + 1]!.path }
}

function ordersOf(rows: Order | undefined, columns?: Order): Pick<WeightUse, 'order' | 'columns' | 'lost'> {
  const lost = [rows, columns].find((order) => order && 'lost' in order)
  if (lost) return lost
  return { ...(rows && 'order' in rows && { order: rows.order }), ...(columns && 'order' in columns && { columns: columns.order }) }
}

/** Where no other order is made of a kernel: any is lost. */
const lostOf = ({ path }: OpNode, order: Order | undefined): Pick<WeightUse, 'lost'> => (order === undefined ? {} : 'lost' in order ? order : { lost: path })

/** Whether the vector has an element for each of the last axis of what the op makes. */
const isAlong = (reader: OpNode, shape: readonly number[]): boolean => reader.type.shape.at(-1)?.dim === shape[0]
