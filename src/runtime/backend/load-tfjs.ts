import { createRequire } from 'node:module'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

const require = createRequire(import.meta.url)

/**
 * Loads a package that hands on the whole TensorFlow.js namespace, gradients included, without its banners.
 *
 * It is loaded with `require`, which makes `import` of the same packages see the same copy: an `import` of a CommonJS file of
 * this size spends twice as long on finding the names of its exports as the file takes to run.
 *
 * @param entry the absolute path of the package's main file
 */
export function loadNamespace(entry: string): Tfjs {
  const requireThere = createRequire(entry)
  const core = createRequire(requireThere.resolve('@tensorflow/tfjs'))('@tensorflow/tfjs-core') as Pick<Tfjs, 'env'>
  // the only switch for the advice to install tfjs-node, and for warnings about kernels that a second copy registers again
  core.env().set('IS_TEST', true)
  return requireThere(entry) as Tfjs
}

export const loadTfjs = (): Tfjs => loadNamespace(require.resolve('@tensorflow/tfjs'))

/** Registers the WebAssembly backend in the engine that `tf` computes on. */
export function registerWasm(tf: Tfjs): void {
  require('@tensorflow/tfjs-backend-wasm')
  // its threads are browser workers: in Node they end in ERR_WORKER_PATH
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
}
