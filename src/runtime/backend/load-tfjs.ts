import { createRequire } from 'node:module'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

const require = createRequire(import.meta.url)

/**
 * The core of TensorFlow.js that the file or package `from` loads, without its banners.
 *
 * It is loaded with `require`, which makes `import` of the same package see the same copy: an `import` of a CommonJS file of this
 * size spends twice as long on finding the names of its exports as the file takes to run.
 */
export function loadCore(from: string): Tfjs {
  const core = createRequire(from)('@tensorflow/tfjs-core') as Tfjs
  // the only switch for the advice to install tfjs-node, and for warnings about kernels that a second copy registers again
  core.env().set('IS_TEST', true)
  return core
}

/** TensorFlow.js with its backend in plain JavaScript. */
export function loadTfjs(): Tfjs {
  const tf = loadCore(import.meta.url)
  require('@tensorflow/tfjs-backend-cpu')
  return tf
}

/** Registers the WebAssembly backend in the engine that `tf` computes on. */
export function registerWasm(tf: Tfjs): void {
  require('@tensorflow/tfjs-backend-wasm')
  // its threads are browser workers: in Node they end in ERR_WORKER_PATH
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
}
