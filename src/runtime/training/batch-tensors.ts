import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Batch } from '../data/dataset.ts'

export const dataTensor = ({ shape, values }: TensorData, tf: Tfjs): Tensor => tf.tensor(values, [...shape], 'float32')

export const batchInputs = ({ inputs }: Batch, tf: Tfjs): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(inputs).map(([name, data]) => [name, dataTensor(data, tf)]))
