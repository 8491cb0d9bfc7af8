import type { Extent, TensorType } from '../../graph/graph.ts'

/** Rows and columns of a matrix as the product reads it. */
export const matrixSides = ({ shape }: TensorType, transposed: boolean): readonly [Extent, Extent] =>
  transposed ? [shape[1]!, shape[0]!] : [shape[0]!, shape[1]!]

export const isVector = ({ shape }: TensorType): boolean => shape.length === 1
