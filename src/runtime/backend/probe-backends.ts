import { backendNames, openBackend, type BackendName } from './backend.ts'
import { checkNativeLibrary } from './check-native-library.ts'
import { Failure } from '../failure/failure.ts'
import { findNativePackages, nativeLibrary } from './native-package.ts'
import { selfTest } from './self-test.ts'

/** Whether a backend can be used here: the versions of what computes, or in plain words why not. */
export type BackendProbe =
  | { readonly name: BackendName; readonly usable: true; readonly version: string; readonly notes: readonly string[] }
  | { readonly name: BackendName; readonly usable: false; readonly reason: string }

/** Loads every backend and lets each compute a small convolution. Leaves one of them selected. */
export async function probeBackends(): Promise<readonly BackendProbe[]> {
  const probes: BackendProbe[] = []
  for (const name of backendNames) probes.push(await probe(name))
  return probes
}

async function probe(name: BackendName): Promise<BackendProbe> {
  const library = name === 'node' ? await probeLibrary() : { version: '' }
  if ('reason' in library) return { name, usable: false, reason: library.reason }
  try {
    const { tf, notes } = await openBackend(name)
    const wrong = selfTest(tf)
    if (wrong !== undefined) return { name, usable: false, reason: wrong }
    return { name, usable: true, version: `TensorFlow.js ${tf.version_core}${library.version}`, notes }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { name, usable: false, reason: error.message }
  }
}

/**
 * The native library that `openBackend` will load, or why it must not be asked to. Where none is found or loads, it is for
 * `openBackend` to say so.
 */
async function probeLibrary(): Promise<{ readonly version: string } | { readonly reason: string }> {
  for (const entry of findNativePackages()) {
    const path = nativeLibrary(entry)
    const check = path === undefined ? undefined : await checkNativeLibrary(path)
    if (check === undefined) continue
    if ('tensorflow' in check) return { version: `, TensorFlow ${check.tensorflow} (${path})` }
    if (check.crashes) return check
  }
  return { version: '' }
}
