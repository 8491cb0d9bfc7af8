import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** The least probability that is told from 0. */
const least = 1e-7

/** log max(p, 1e-7), whose gradient is that of log p from there on and 0 below; NaN stays NaN, which a maximum forgets on some backends. */
export const logarithm = (tf: Tfjs, probabilities: Tensor): Tensor => tf.add(tf.log(tf.maximum(probabilities, least)), tf.mul(probabilities, 0))
