import * as tf from '@tensorflow/tfjs-core'
import { beforeTraining } from './fmw-runtime.ts'
import { mendGradients } from './gradients/mend-gradients.ts'

// Importing this file is all that training needs: gradients, of which TensorFlow.js's core has none, and of which some that it comes
// with are wrong.
mendGradients(tf)

const mendedFor = new Set<string>()

// a backend may be registered later
beforeTraining(() => {
  if (mendedFor.has(tf.getBackend())) return
  mendGradients(tf)
  mendedFor.add(tf.getBackend())
})
