import { backendNames, openBackend, type BackendName } from '../src/runtime/backend/backend.ts'
import { mendGradients } from '../src/codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { Failure } from '../src/runtime/failure/failure.ts'
import type { Tfjs } from '../src/codegen/tfjs/apply.ts'

let known: Promise<readonly BackendName[]> | undefined

/** The backends that load on this machine, slowest first; an absent native backend is said once on stderr. */
export const availableBackends = (): Promise<readonly BackendName[]> => (known ??= findBackends())

async function findBackends(): Promise<readonly BackendName[]> {
  const found: BackendName[] = []
  for (const name of [...backendNames].reverse()) {
    try {
      await openBackend(name)
      found.push(name)
    } catch (error) {
      if (!(error instanceof Failure) || name !== 'node') throw error
      process.stderr.write(`skipped: every test on the native backend (${error.message})\n`)
    }
  }
  return found
}

/**
 * Runs a function with TensorFlow.js on one backend, as for training, and disposes every tensor it leaves behind, so its result must be plain data.
 * Backends are global to the process: two runs must not overlap.
 */
export async function withBackend<T>(name: BackendName, run: (tf: Tfjs) => T | Promise<T>): Promise<T> {
  const { tf } = await openBackend(name)
  mendGradients(tf)
  tf.engine().startScope()
  try {
    return await run(tf)
  } finally {
    tf.engine().endScope()
  }
}
