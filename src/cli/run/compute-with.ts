import type * as tfjs from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { MismatchError } from '../../codegen/mismatch.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Unsupported } from '../../codegen/unsupported.ts'
import { openBackend, type Backend, type BackendName } from '../../runtime/backend/backend.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import { Exit, exitCodes } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'

/** The backend of the command line, which is named on stderr. */
export async function namedBackend(wanted: 'auto' | BackendName | undefined, { config, terminal }: Session): Promise<Backend> {
  const backend = await openBackend(wanted ?? config.backend ?? 'auto')
  for (const note of backend.notes) terminal.note(note)
  terminal.note(`backend: ${backend.name}`)
  return backend
}

/** Ends the command after the ops that cannot be computed have been said. */
export function refuseUnsupported(unsupported: readonly Unsupported[], { terminal }: Session): never {
  for (const { node, reason } of unsupported) terminal.complain(`${node.path} cannot be computed: ${reason}`)
  throw new Exit(exitCodes.modelErrors)
}

export const tensorsOf = (data: ReadonlyMap<string, TensorData>, tf: Tfjs): ReadonlyMap<string, tfjs.Tensor> =>
  new Map([...data].map(([key, { shape, values }]) => [key, tf.tensor(values, [...shape], 'float32')]))

/** Reads tensors back, in the order of the outputs that they are of. */
export async function valuesOf({ outputs }: Graph, tensors: readonly tfjs.Tensor[]): Promise<ReadonlyMap<string, TensorData>> {
  const values = new Map<string, TensorData>()
  for (const [i, { name }] of outputs.entries())
    values.set(name, { shape: tensors[i]!.shape, values: Float32Array.from(await tensors[i]!.data()) })
  return values
}

/** Computes; what does not fit of the inputs becomes a failure that the command line prints like the others. @throws Failure `input/mismatch` */
export async function computing<T>(compute: () => Promise<T>): Promise<T> {
  try {
    return await compute()
  } catch (error) {
    if (!(error instanceof MismatchError)) throw error
    const [first, ...rest] = error.mismatches.map(({ message }) => problem('input/mismatch', { mismatch: message }))
    throw new Failure([first!, ...rest])
  }
}
