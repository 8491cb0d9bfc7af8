import { fixedShape } from '../../../compiler/graph/fixed-shape.ts'
import { isWeight, weightsOf, type Graph, type Node, type OpNode, type WeightNode } from '../../../compiler/graph/graph.ts'
import { operandOf } from '../../../compiler/graph/operand.ts'
import { flattenedOrders, type Order } from './flattened-orders.ts'

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
  /** Its rows are for elements of flattened maps whose order is not followed; the path of the op behind which it is lost. */
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
  const orders = flattenedOrders(graph)
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

function useOf(weight: WeightNode, readers: readonly OpNode[], orders: ReadonlyMap<Node, Order>): WeightUse {
  const shape = fixedShape(weight.type.shape)
  const own = weight.segments.at(-1) ?? weight.path
  const [reader] = readers
  const common = { weight, shape, readers }
  const kernel = reader && kernelOps[reader.op]
  if (reader && kernel && operandOf(reader, kernel.by) === weight && !isTransposed(reader)) {
    const rows = kernel.kind === 'dense' ? orders.get(operandOf(reader, kernel.of)!) : undefined
    return { ...common, kind: kernel.kind, role: 'kernel', ...orderOf(rows) }
  }
  if (shape.length !== 1) return { ...common, kind: 'other', role: own }
  const along = reader && orders.get(reader)
  const named = reader?.op === 'batch_norm' ? Object.keys(reader.args).find((name) => operandOf(reader, name) === weight) : undefined
  return { ...common, kind: 'vector', role: named ?? own, ...(isAlong(reader, shape) ? orderOf(along) : {}) }
}

/** A matrix product that reads its kernel [out, in], as PyTorch keeps it. */
const isTransposed = ({ attributes }: OpNode): boolean => attributes['transpose_a'] === true || attributes['transpose_b'] === true

const orderOf = (order: Order | undefined) => (order === undefined ? {} : 'lost' in order ? order : { order: order.order })

/** Whether the vector has an element for each of the last axis of what the op makes. */
const isAlong = (reader: OpNode | undefined, shape: readonly number[]): boolean => reader?.type.shape.at(-1)?.dim === shape[0]
