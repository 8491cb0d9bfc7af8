import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { batchOf, extent, tf, type Expression } from './expression.ts'

/**
 * Whether every backend computes with so many axes, the batch counted. Of six tfjs-node refuses to stretch some, of seven wasm adds and
 * pads garbage without a word, of eight tfjs-node refuses to slice.
 */
export const hasFewAxes = (type: TensorType): boolean => type.shape.length + (hasBatch(type) ? 1 : 0) <= 5

/** The axes of a sample as axes of the tfjs tensor, where the batch comes first. */
export const tensorAxes = (type: TensorType, axes: readonly number[]): readonly number[] =>
  axes.map((axis) => axis + (hasBatch(type) ? 1 : 0))

/** One entry for the batch axis of the tfjs tensor, where there is one, before those of the sample's axes. */
export const withBatch = <T>(type: TensorType, batch: T, rest: readonly T[]): readonly T[] =>
  hasBatch(type) ? [batch, ...rest] : rest

/** A tensor that all samples share, repeated for each sample of one that has a batch. */
export const repeated = (tensor: Expression, { shape }: TensorType, like: Expression): Expression =>
  tf('reshape', tf('tile', tf('reshape', tensor, [1, -1]), [batchOf(like), 1]), [-1, ...shape.map(({ dim }) => extent(dim))])
