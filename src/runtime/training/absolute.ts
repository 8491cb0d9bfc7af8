import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** |x| with the gradient sign(x), which is 0 at 0; that of `tf.abs` is -1 there. */
export const absolute = (tf: Tfjs, x: Tensor): Tensor => tf.mul(x, tf.sign(x))
