import * as tf from '@tensorflow/tfjs-core'
import { hasFewKernels, trainWith } from './fmw-runtime.ts'
import { mendGradients } from './gradients/mend-gradients.ts'
import { batchNormInTraining, dropoutInTraining } from './training-ops.ts'

// Importing this file is all that training needs: gradients, of which TensorFlow.js's core has none, and of which some that it comes
// with are wrong.
mendGradients(tf)

const mendedFor = new Set<string>()

/** A backend may be registered later. */
function prepare(): void {
  const backend = tf.getBackend()
  if (hasFewKernels(backend)) {
    throw new Error(
      `training needs all kernels of the backend ${backend}, and a kernels file has registered some: import '@tensorflow/tfjs-backend-${backend}' instead of it`,
    )
  }
  if (mendedFor.has(backend)) return
  mendGradients(tf)
  mendedFor.add(backend)
}

trainWith({ prepare, batchNorm: batchNormInTraining, dropout: dropoutInTraining })
