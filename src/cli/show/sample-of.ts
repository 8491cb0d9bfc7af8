import { hasBatch, type Node } from '../../compiler/graph/graph.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** The value of one sample; a value that depends on weights alone is the same for all. */
export function sampleOf({ type }: Node, { shape: [batch = 1, ...shape], values }: TensorData, sample: number): TensorData {
  if (!hasBatch(type)) return { shape: [batch, ...shape].slice(0, type.shape.length), values }
  const size = sizeOf(shape)
  return { shape, values: values.slice(sample * size, (sample + 1) * size) }
}
