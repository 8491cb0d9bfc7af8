import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import type { Initializer as Description } from '../../compiler/graph/initializer.ts'
import * as initializers from '../../codegen/tfjs/runtime/initializers.ts'
import { randomStream } from '../../codegen/tfjs/runtime/random.ts'

/**
 * The starting values of a weight, row by row. They depend on the seed (a safe integer), the weight's path, shape and
 * initialiser, and on nothing else.
 *
 * @throws Error when the shape is symbolic or a list of values has another length, which the compiler excludes
 */
export const initialize = ({ path, type, init }: WeightNode, seed: number): Float32Array =>
  initializerOf(init)(fixedShape(type.shape), randomStream(seed, path))

function initializerOf(init: Description): initializers.Initializer {
  switch (init.kind) {
    case 'constant':
      return initializers.constant(init.value)
    case 'values':
      return initializers.values(init.values)
    case 'uniform':
      return initializers.uniform(init.min, init.max)
    case 'normal':
      return initializers.normal(init.mean, init.deviation)
    case 'truncated_normal':
      return initializers.truncatedNormal(init.mean, init.deviation)
    case 'variance_scaling':
      return initializers.varianceScaling(init.scale, init.fan, init.distribution)
    case 'orthogonal':
      return initializers.orthogonal(init.gain)
  }
}
