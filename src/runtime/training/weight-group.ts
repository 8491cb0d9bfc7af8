import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import { dataTensor } from './batch-tensors.ts'
import { keepWithin } from './keep-within.ts'
import type { Optimizer } from './optimizer.ts'

/** Tensors by the paths of weights. */
type Tensors = ReadonlyMap<string, Tensor>

/** What a step makes of a group, in vectors. */
interface Updated {
  readonly vector: Tensor
  readonly slots: readonly Tensor[]
}

/**
 * Trained weights that are updated alike, one behind the other in one vector, as is what the optimiser remembers of them: its ops are
 * elementwise, and called once for all weights they cost a training of many small weights little, where a call for each cost more
 * than the arithmetic.
 */
export interface WeightGroup {
  readonly nodes: readonly WeightNode[]
  /** A vector of the group as a tensor for each weight. */
  readonly parts: (vector: Tensor) => Tensors
  readonly weights: () => Tensors
  /** A tensor for each weight, by its path, as a vector of the group. */
  readonly joined: (tensors: Tensors) => Tensor
  /** Leaves its intermediates to the caller's `tf.tidy`. */
  readonly updated: (gradient: Tensor, settings: { readonly rate: number; readonly step: number }) => Updated
  readonly assign: (updated: Updated) => void
  /** By path. */
  readonly data: () => ReadonlyMap<string, TensorData>
  /** What the optimiser remembers, by `slot/path`. */
  readonly slots: () => ReadonlyMap<string, TensorData>
  readonly dispose: () => void
}

/** Where learning begins. */
export interface Start {
  /** Of all weights, by path. */
  readonly weights: ReadonlyMap<string, TensorData>
  /** What the optimiser remembers, by `slot/path`, in the shapes of the weights; zeros where nothing is given. */
  readonly slots: ReadonlyMap<string, TensorData>
}

/** Weights that are updated alike. */
export interface Alike {
  readonly nodes: readonly WeightNode[]
  /** The factor of the learning rate. */
  readonly rate: number
  /** The steps that were done before they were first trained. */
  readonly since: number
}

export function createWeightGroup({ nodes, rate: factor, since }: Alike, optimizer: Optimizer, start: Start, tf: Tfjs): WeightGroup {
  const shapes = nodes.map(({ type }) => fixedShape(type.shape))
  const sizes = shapes.map(sizeOf)
  const offsets = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)

  const filledBy = (valuesOf: (node: WeightNode, size: number) => Float32Array): Tensor => {
    const values = new Float32Array(total)
    for (const [i, node] of nodes.entries()) values.set(valuesOf(node, sizes[i]!), offsets[i])
    return dataTensor({ shape: [total], values }, tf)
  }
  const filled = (valueOf: (node: WeightNode) => number): Tensor =>
    filledBy((node, size) => new Float32Array(size).fill(valueOf(node)))
  const vector = tf.tidy(() => tf.variable(filledBy(({ path }) => startOf(start, path).values)))
  const held = optimizer.slots.map((slot) =>
    tf.tidy(() => tf.variable(filledBy(({ path }, size) => start.slots.get(`${slot}/${path}`)?.values ?? new Float32Array(size)))),
  )
  const bounds = nodes.some(({ within }) => within)
    ? ([filled(({ within }) => within?.[0] ?? -Infinity), filled(({ within }) => within?.[1] ?? Infinity)] as const)
    : undefined

  const dataOf = (of: Tensor): readonly (readonly [WeightNode, TensorData])[] => {
    const all = of.dataSync<'float32'>()
    return nodes.map((node, i) => [node, { shape: shapes[i]!, values: all.subarray(offsets[i], offsets[i]! + sizes[i]!) }] as const)
  }
  const copied = ({ shape, values }: TensorData): TensorData => ({ shape, values: values.slice() })
  // not by `tf.split`, for which WebAssembly copies the whole for each part, and the native backend is called for each shape
  const parts = (of: Tensor): Tensors => new Map(dataOf(of).map(([{ path }, data]) => [path, dataTensor(data, tf)]))

  return {
    nodes,
    parts,
    weights: () => parts(vector),
    joined: (tensors) => tf.concat(nodes.map(({ path }) => flat(tensors.get(path)!, tf))),
    updated: (gradient, { rate, step }) => {
      const next = optimizer.update(tf, { weight: vector, gradient, slots: held, rate: rate * factor, step: step - since })
      return { vector: bounds ? keepWithin(tf, next.weight, bounds) : next.weight, slots: next.slots }
    },
    assign: (updated) => {
      vector.assign(updated.vector)
      for (const [i, slot] of updated.slots.entries()) held[i]!.assign(slot)
    },
    data: () => new Map(dataOf(vector).map(([{ path }, data]) => [path, copied(data)])),
    slots: () => new Map(held.flatMap((slot, i) => dataOf(slot).map(([{ path }, data]) => [`${optimizer.slots[i]}/${path}`, copied(data)] as const))),
    dispose: () => tf.dispose([vector, ...held, ...(bounds ?? [])]),
  }
}

export function startOf({ weights }: Start, path: string): TensorData {
  const data = weights.get(path)
  if (!data) throw new Error(`there is no weight ${path} to begin with`)
  return data
}

/** Reshaping is a call like others on the native backend, and half of all weights are vectors. */
const flat = (tensor: Tensor, tf: Tfjs): Tensor1D => (tensor.rank === 1 ? (tensor as Tensor1D) : tf.reshape(tensor, [-1]))
