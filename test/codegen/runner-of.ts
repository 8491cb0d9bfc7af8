import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { createRunner, type Runner } from '../../src/codegen/tfjs/runner.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'

/** The runner of a graph that TensorFlow.js can compute. */
export function runnerOf(graph: Graph, tf: Tfjs): Runner {
  const made = createRunner(graph, tf)
  if ('unsupported' in made) throw new Error(made.unsupported.map(({ reason }) => reason).join())
  return made.runner
}
