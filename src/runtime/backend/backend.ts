import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { Failure, problem } from '../failure/failure.ts'
import { loadNative } from './load-native.ts'
import { loadTfjs, registerWasm } from './load-tfjs.ts'
import { findNativePackages } from './native-package.ts'

/** Fastest first: the order in which `auto` tries them. */
export const backendNames = ['node', 'wasm', 'cpu'] as const

export type BackendName = (typeof backendNames)[number]

export interface Backend {
  /** The TensorFlow.js namespace to compute with, the backend selected in its engine. */
  readonly tf: Tfjs
  readonly name: BackendName
  /** What the user should know about the choice, for stderr. */
  readonly notes: readonly string[]
}

/** What TensorFlow.js calls each backend. */
const registered: Readonly<Record<BackendName, string>> = { node: 'tensorflow', wasm: 'wasm', cpu: 'cpu' }

/**
 * Loads TensorFlow.js with a backend and selects it; `auto` takes the first of `node`, `wasm`, `cpu` that
 * loads. The selection is global to the process: the last call wins, tensors of another backend are moved when they are next
 * read.
 *
 * @throws Failure `backend/unavailable`
 */
export async function openBackend(wanted: 'auto' | BackendName): Promise<Backend> {
  if (wanted !== 'auto') return open(wanted)
  const failed: Failure[] = []
  for (const name of backendNames) {
    try {
      const backend = await open(name)
      return { ...backend, notes: [...failed.map(({ message }) => message), ...backend.notes] }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      failed.push(error)
    }
  }
  throw failed.at(-1)
}

async function open(name: BackendName): Promise<Backend> {
  const { tf, notes } = load(name)
  let selected: boolean
  try {
    selected = await tf.setBackend(registered[name])
  } catch (error) {
    throw unavailable(name, firstLine(error), error)
  }
  if (!selected) throw unavailable(name, 'it did not start')
  return { tf, name, notes }
}

function load(name: BackendName): { readonly tf: Tfjs; readonly notes: readonly string[] } {
  if (name === 'node') return loadFirstNative()
  const tf = loadTfjs()
  if (name === 'wasm') registerWasm(tf)
  return { tf, notes: [] }
}

function loadFirstNative(): { readonly tf: Tfjs; readonly notes: readonly string[] } {
  const notes: string[] = []
  for (const entry of findNativePackages()) {
    try {
      return { tf: loadNative(entry), notes }
    } catch (error) {
      notes.push(`${entry} does not load: ${firstLine(error)}`)
    }
  }
  throw unavailable('node', notes[0] ?? '@tensorflow/tfjs-node is not installed (fmw doctor --install-native installs it)')
}

function unavailable(backend: BackendName, reason: string, cause?: unknown): Failure {
  return new Failure([problem('backend/unavailable', { backend, reason })], { cause })
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!
