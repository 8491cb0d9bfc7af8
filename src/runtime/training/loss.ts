import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * What training makes smaller: a mean over the samples of a batch, and over the elements of each. It has gradients with respect
 * to the output on every backend; the targets are constants.
 */
export type Loss = (tf: Tfjs, output: Tensor, targets: Tensor) => Scalar
