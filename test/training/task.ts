import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { initialWeights } from '../../src/runtime/weights/initial-weights.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { LossName } from '../../src/runtime/training/losses.ts'
import type { Task } from '../../src/runtime/training/learner.ts'
import { objectiveOf } from '../../src/runtime/training/objective.ts'
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
  return {
    graph,
    tf,
    objectives: [objectiveOf({ output: graph.outputs[0]!, loss, weight: 1 })],
    optimizer: optimizerOf(optimizer),
    weights: initialWeights(weightsOf(graph), 1),
  }
}
