import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/**
 * The output in the shape of the targets: one value per sample is [batch, 1] or [batch], and subtracting one of these from the
 * other would broadcast to [batch, batch].
 *
 * @throws Error for any other difference of shapes
 */
export function likeTargets(tf: Tfjs, output: Tensor, targets: Tensor): Tensor {
  if (String(withoutLastOne(output)) !== String(withoutLastOne(targets))) {
    throw new Error(`an output [${output.shape.join(', ')}] against targets [${targets.shape.join(', ')}]`)
  }
  return tf.reshape(output, targets.shape)
}

const withoutLastOne = ({ shape }: Tensor): readonly number[] =>
  shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape
