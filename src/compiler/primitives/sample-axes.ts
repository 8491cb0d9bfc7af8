import type { TensorType } from '../graph/graph.ts'
import { batchOf, extent, tf, type Expression } from './expression.ts'

/** The axes of a sample as axes of the tfjs tensor, where the batch comes first. */
export const tensorAxes = ({ batched }: TensorType, axes: readonly number[]): readonly number[] =>
  axes.map((axis) => axis + (batched ? 1 : 0))

/** One entry for the batch axis of the tfjs tensor, where there is one, before those of the sample's axes. */
export const withBatch = <T>({ batched }: TensorType, batch: T, rest: readonly T[]): readonly T[] =>
  batched ? [batch, ...rest] : rest

/** An unbatched tensor repeated for each sample of a batched one. */
export const repeated = (tensor: Expression, { shape }: TensorType, like: Expression): Expression =>
  tf('reshape', tf('tile', tf('reshape', tensor, [1, -1]), [batchOf(like), 1]), [-1, ...shape.map(({ dim }) => extent(dim))])
