import { createRunner } from '../../codegen/tfjs/runner.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import type { Session } from '../files/open-model.ts'
import { computing, namedBackend, refuseUnsupported, tensorsOf, valuesOf } from './compute-with.ts'

interface Executed {
  readonly outputs: ReadonlyMap<string, TensorData>
  readonly ms: number
  readonly backend: BackendName
}

/**
 * Runs a graph once on the backend of the command line, which is named on stderr.
 *
 * @throws Failure `input/mismatch` with everything about the inputs that does not fit
 * @throws Exit after the ops that cannot be computed have been said
 */
export async function execute(
  graph: Graph,
  inputs: ReadonlyMap<string, TensorData>,
  weights: ReadonlyMap<string, TensorData>,
  wanted: 'auto' | BackendName | undefined,
  session: Session,
): Promise<Executed> {
  const { tf, name } = await namedBackend(wanted, session)
  const created = createRunner(graph, tf)
  if ('unsupported' in created) return refuseUnsupported(created.unsupported, session)
  const given = tensorsOf(inputs, tf)
  return computing(async () => {
    created.runner.load(tensorsOf(weights, tf))
    const start = performance.now()
    const results = created.runner.run(Object.fromEntries(given))
    const outputs = await valuesOf(graph, graph.outputs.map((output) => results[output.name]!))
    return { outputs, ms: performance.now() - start, backend: name }
  })
}
