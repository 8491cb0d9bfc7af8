import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { initialWeights } from '../../src/runtime/weights/initial-weights.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { losses, type LossName } from '../../src/runtime/training/losses.ts'
import type { Task } from '../../src/runtime/training/learner.ts'
import { metricsOf } from '../../src/runtime/training/metric.ts'
import { optimizerOf, type OptimizerOptions } from '../../src/runtime/training/optimizer-of.ts'

interface Choices {
  readonly loss?: LossName
  readonly optimizer?: OptimizerOptions
}

/** The task of learning the first output of a graph, and fresh weights to begin with. */
export function taskOf(
  graph: Graph,
  tf: Tfjs,
  { loss = 'categorical_crossentropy', optimizer = { name: 'adam' } }: Choices = {},
): Task & {
  readonly weights: ReadonlyMap<string, TensorData>
} {
  const output = graph.outputs[0]!.node
  return {
    graph,
    tf,
    output,
    loss: losses[loss],
    metrics: metricsOf(loss, 2),
    optimizer: optimizerOf(optimizer),
    weights: initialWeights(weightsOf(graph), 1),
  }
}
