import type { Tensor, Variable } from '@tensorflow/tfjs-core'
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
  readonly vector: Variable
  /** A vector of the group as a tensor for each weight; gradients flow through it. */
  readonly parts: (vector: Tensor) => Tensors
  /** Leaves its intermediates to the caller's `tf.tidy`. */
  readonly updated: (gradient: Tensor, settings: { readonly rate: number; readonly step: number }) => Updated
  readonly assign: (updated: Updated) => void
  readonly weights: () => ReadonlyMap<string, TensorData>
  /** By `slot/path`. */
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

export function createWeightGroup(nodes: readonly WeightNode[], optimizer: Optimizer, start: Start, tf: Tfjs): WeightGroup {
  const shapes = nodes.map(({ type }) => fixedShape(type.shape))
  const sizes = shapes.map(sizeOf)
  const offsets = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)

  const joined = (valuesOf: (node: WeightNode, size: number) => Float32Array): Tensor => {
    const values = new Float32Array(total)
    for (const [i, node] of nodes.entries()) values.set(valuesOf(node, sizes[i]!), offsets[i])
    return dataTensor({ shape: [total], values }, tf)
  }
  const filled = (valueOf: (node: WeightNode) => number): Tensor =>
    joined((node, size) => new Float32Array(size).fill(valueOf(node)))
  const vector = tf.tidy(() => tf.variable(joined(({ path }) => startOf(start, path).values)))
  const held = optimizer.slots.map((slot) =>
    tf.tidy(() => tf.variable(joined(({ path }, size) => start.slots.get(`${slot}/${path}`)?.values ?? new Float32Array(size)))),
  )
  const bounds = nodes.some(({ within }) => within)
    ? ([filled(({ within }) => within?.[0] ?? -Infinity), filled(({ within }) => within?.[1] ?? Infinity)] as const)
    : undefined

  const parts = (of: Tensor): Tensors => {
    const pieces = nodes.length === 1 ? [of] : tf.split(of, sizes)
    // a reshaping is a call like others on the native backend, and half of all weights are vectors
    return new Map(nodes.map(({ path }, i) => [path, shapes[i]!.length === 1 ? pieces[i]! : tf.reshape(pieces[i]!, [...shapes[i]!])]))
  }
  const dataOf = (of: Tensor, name: (path: string) => string): readonly (readonly [string, TensorData])[] => {
    const all = of.dataSync<'float32'>()
    return nodes.map(({ path }, i) => {
      const values = Float32Array.from(all.subarray(offsets[i]!, offsets[i]! + sizes[i]!))
      return [name(path), { shape: shapes[i]!, values }] as const
    })
  }

  return {
    nodes,
    vector,
    parts,
    updated: (gradient, { rate, step }) => {
      const next = optimizer.update(tf, { weight: vector, gradient, slots: held, rate, step })
      return { vector: bounds ? keepWithin(tf, next.weight, bounds) : next.weight, slots: next.slots }
    },
    assign: (updated) => {
      vector.assign(updated.vector)
      for (const [i, slot] of updated.slots.entries()) held[i]!.assign(slot)
    },
    weights: () => new Map(dataOf(vector, (path) => path)),
    slots: () => new Map(held.flatMap((slot, i) => dataOf(slot, (path) => `${optimizer.slots[i]}/${path}`))),
    dispose: () => tf.dispose([vector, ...held, ...(bounds ?? [])]),
  }
}

export function startOf({ weights }: Start, path: string): TensorData {
  const data = weights.get(path)
  if (!data) throw new Error(`there is no weight ${path} to begin with`)
  return data
}
