import type * as tfjs from '@tensorflow/tfjs-core'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { ConstantNode } from '../../compiler/graph/graph.ts'
import type { Tfjs } from './apply.ts'

/** The value of a constant, float32. */
export const constantTensor = ({ values, type }: ConstantNode, tf: Tfjs): tfjs.Tensor =>
  tf.tensor([...values], [...fixedShape(type.shape)], 'float32')
