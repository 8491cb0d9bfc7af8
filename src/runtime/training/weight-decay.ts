import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** g + λw: the gradient of the loss with the penalty λ/2 · ‖w‖² (L2 regularisation). */
export const penalized = (tf: Tfjs, gradient: Tensor, weight: Tensor, weightDecay: number): Tensor =>
  weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay))
