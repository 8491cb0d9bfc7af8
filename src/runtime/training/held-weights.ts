import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { weightsOf, type Graph, type WeightNode } from '../../compiler/graph/graph.ts'
import { dataTensor } from './batch-tensors.ts'
import type { Optimizer } from './optimizer.ts'
import { createWeightGroup, startOf, type Alike, type Start, type WeightGroup } from './weight-group.ts'

interface Holding {
  readonly graph: Graph
  readonly tf: Tfjs
  readonly optimizer: Optimizer
  readonly rateOf?: (path: string) => number
  readonly since?: ReadonlyMap<string, number>
}

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

export function holdWeights(task: Holding, trained: readonly WeightNode[], start: Start): HeldWeights {
  const { graph, optimizer, tf } = task
  const groups = groupsOf(task, trained).map((alike) => createWeightGroup(alike, optimizer, start, tf))
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

/** Weights of one rate that are trained since the same step stand in one group. */
function groupsOf({ rateOf = () => 1, since }: Holding, trained: readonly WeightNode[]): readonly Alike[] {
  const groups = new Map<string, { readonly rate: number; readonly since: number; readonly nodes: WeightNode[] }>()
  for (const node of trained) {
    const alike = { rate: rateOf(node.path), since: since?.get(node.path) ?? 0, nodes: [node] }
    const key = `${alike.rate} ${alike.since}`
    const group = groups.get(key)
    if (group) group.nodes.push(node)
    else groups.set(key, alike)
  }
  return [...groups.values()]
}
