import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { weightsOf, type Graph, type WeightNode } from '../../compiler/graph/graph.ts'
import { dataTensor } from './batch-tensors.ts'
import type { Optimizer } from './optimizer.ts'
import { createWeightGroup, startOf, type Start, type WeightGroup } from './weight-group.ts'

/** All weights of a model while it is trained. */
export interface HeldWeights {
  readonly groups: readonly WeightGroup[]
  /** What no optimiser moves, by path: states, and weights that are not trained. */
  readonly fixed: ReadonlyMap<string, Variable>
  /** All by path, as they are now. */
  readonly tensors: () => ReadonlyMap<string, Tensor>
  /** All by path, in the order of the graph. */
  readonly weights: () => ReadonlyMap<string, TensorData>
  /** What the optimiser remembers, by `slot/path`. */
  readonly slots: () => ReadonlyMap<string, TensorData>
  readonly dispose: () => void
}

export function holdWeights(graph: Graph, trained: readonly WeightNode[], optimizer: Optimizer, start: Start, tf: Tfjs): HeldWeights {
  const groups = groupsOf(trained).map((nodes) => createWeightGroup(nodes, optimizer, start, tf))
  const isTrained = new Set(trained)
  const rest = weightsOf(graph).filter((node) => !isTrained.has(node))
  const fixed = new Map(rest.map(({ path }) => [path, tf.tidy(() => tf.variable(dataTensor(startOf(start, path), tf)))]))
  const dataOf = (tensor: Tensor): TensorData => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) })
  return {
    groups,
    fixed,
    tensors: () => new Map([...fixed, ...groups.flatMap((group) => [...group.weights()])]),
    weights: () => {
      const learned = new Map(groups.flatMap((group) => [...group.data()]))
      return new Map(weightsOf(graph).map(({ path }) => [path, learned.get(path) ?? dataOf(fixed.get(path)!)]))
    },
    slots: () => new Map(groups.flatMap((group) => [...group.slots()])),
    dispose: () => {
      for (const group of groups) group.dispose()
      tf.dispose([...fixed.values()])
    },
  }
}

/** Weights for which one rate holds stand in one group: here that is all of them. */
const groupsOf = (trained: readonly WeightNode[]): readonly (readonly WeightNode[])[] => [trained]
