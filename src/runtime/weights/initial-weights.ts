import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import { initialize } from './initialize.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Freshly initialised weights by path. */
export const initialWeights = (weights: readonly WeightNode[], seed: number): ReadonlyMap<string, TensorData> =>
  new Map(
    weights.map((weight) => [
      weight.path,
      { shape: fixedShape(weight.type.shape), values: initialize(weight, seed) },
    ]),
  )
