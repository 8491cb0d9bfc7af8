import { hasBatch, type TensorType } from '../../../compiler/graph/graph.ts'

/** The number of axes of the tensor, the batch counted. */
export const rankOf = (type: TensorType): number => type.shape.length + (hasBatch(type) ? 1 : 0)
