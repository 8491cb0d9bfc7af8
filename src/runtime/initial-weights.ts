import { evaluate } from '../compiler/dim/expr.ts'
import type { WeightNode } from '../compiler/graph.ts'
import { initialize } from './initialize.ts'
import type { TensorData } from './tensor-data.ts'

/** Freshly initialised weights by path. */
export const initialWeights = (weights: readonly WeightNode[], seed: number): ReadonlyMap<string, TensorData> =>
  new Map(
    weights.map((weight) => [
      weight.path,
      { shape: weight.type.shape.map(({ dim }) => evaluate(dim, {})), values: initialize(weight, seed) },
    ]),
  )
