import { MismatchError } from '../../codegen/mismatch.ts'
import { createRunner } from '../../codegen/tfjs/runner.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { openBackend, type BackendName } from '../../runtime/backend/backend.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { Exit, exitCodes } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'

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
  { config, terminal }: Session,
): Promise<Executed> {
  const { tf, name, notes } = await openBackend(wanted ?? config.backend ?? 'auto')
  for (const note of notes) terminal.note(note)
  terminal.note(`backend: ${name}`)
  const created = createRunner(graph, tf)
  if ('unsupported' in created) {
    for (const { node, reason } of created.unsupported) terminal.complain(`${node.path} cannot be computed: ${reason}`)
    throw new Exit(exitCodes.modelErrors)
  }
  const tensors = (data: ReadonlyMap<string, TensorData>) =>
    new Map([...data].map(([key, { shape, values }]) => [key, tf.tensor(values, [...shape], 'float32')]))
  const given = tensors(inputs)
  try {
    created.runner.load(tensors(weights))
    const start = performance.now()
    const results = created.runner.run(Object.fromEntries(given))
    const outputs = new Map<string, TensorData>()
    for (const { name: output } of graph.outputs) {
      const tensor = results[output]!
      outputs.set(output, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) })
    }
    return { outputs, ms: performance.now() - start, backend: name }
  } catch (error) {
    if (!(error instanceof MismatchError)) throw error
    throw mismatchFailure(error)
  }
}

/** What the runner says of inputs, as a failure that the command line prints like the others. */
function mismatchFailure({ mismatches }: MismatchError): Failure {
  const [first, ...rest] = mismatches.map(({ message }) => problem('input/mismatch', { mismatch: message }))
  return new Failure([first!, ...rest])
}
