import type { Shape } from '../../compiler/graph/graph.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { LossName } from './losses.ts'

/**
 * The loss that targets [batch, ...] ask for, given the shape of the output of one sample: labels (whole numbers from 0, one axis
 * fewer than the output) of K > 1 classes `categorical_crossentropy`, zeros and ones for an output of one value
 * `binary_crossentropy`, other values `mse`. Give it all targets there are: a batch of values may be whole by chance.
 */
export function defaultLoss(output: Shape, { shape, values }: TensorData): LossName {
  const extent = output.at(-1)?.dim
  const severalClasses = extent !== undefined && extent !== 1
  if (severalClasses && shape.length === output.length && values.every(isLabel)) return 'categorical_crossentropy'
  const oneValue = output.length === 0 || (output.length === 1 && extent === 1)
  return oneValue && values.every((value) => value === 0 || value === 1) ? 'binary_crossentropy' : 'mse'
}

const isLabel = (value: number): boolean => Number.isInteger(value) && value >= 0
