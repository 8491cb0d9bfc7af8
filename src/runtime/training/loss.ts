import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * What training makes smaller, for each element [batch, ...] that is compared. It has gradients with respect to the output on every backend; the
 * targets are constants.
 */
export type Loss = (tf: Tfjs, output: Tensor, targets: Tensor) => Tensor
