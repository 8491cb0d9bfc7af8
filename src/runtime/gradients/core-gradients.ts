import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

const require = createRequire(import.meta.url)

/**
 * TensorFlow.js has its gradients in files that its core does not load and Node cannot import: beside the bundle stands what was
 * made of them.
 */
const file =
  path.basename(path.dirname(fileURLToPath(import.meta.url))) === 'dist'
    ? './core-gradients.cjs'
    : '@tensorflow/tfjs-core/dist/register_all_gradients.js'

/** Registers the gradients that TensorFlow.js comes with, where there are none yet. */
export function registerCoreGradients(tf: Tfjs): void {
  if (tf.getGradient(tf.Relu) === undefined) require(file)
}
