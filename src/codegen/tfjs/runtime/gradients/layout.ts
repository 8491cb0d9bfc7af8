import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/** Of what puts elements elsewhere: each gradient goes the way back. */
export const layoutGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  ...shapeGradients(tf),
  ...partGradients(tf),
  gradient(tf.Transpose, [], (dy, _, attrs) => {
    const { perm } = attrs as unknown as tf.TransposeAttrs
    return { x: () => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm)) }
  }),
  gradient(tf.Reverse, [], (dy, _, attrs) => ({
    x: () => tf.reverse(dy, (attrs as unknown as tf.ReverseAttrs).dims),
  })),
  gradient(tf.Tile, ['x'], (dy, [x]) => ({ x: () => untiled(tf, dy, x.shape) })),
  gradient(tf.SpaceToBatchND, [], (dy, _, attrs) => {
    const { blockShape, paddings } = attrs as unknown as tf.SpaceToBatchNDAttrs
    return { x: () => tf.batchToSpaceND(dy, blockShape, paddings) }
  }),
  gradient(tf.BatchToSpaceND, [], (dy, _, attrs) => {
    const { blockShape, crops } = attrs as unknown as tf.BatchToSpaceNDAttrs
    return { x: () => tf.spaceToBatchND(dy, blockShape, crops) }
  }),
  gradient(tf.GatherV2, ['x', 'indices'], (dy, [x, indices], attrs) => {
    const { axis, batchDims } = attrs as unknown as tf.GatherV2Attrs
    if (batchDims !== 0) throw new Error('no gradient of a gather by indices for each sample')
    return { x: () => scattered(tf, dy, x.shape, indices, axis), indices: () => tf.zeros(indices.shape) }
  }),
]

const shapeGradients = (tf: Tfjs): readonly tf.GradConfig[] =>
  [
    { kernelName: tf.Reshape, input: 'x' },
    { kernelName: tf.ExpandDims, input: 'input' },
  ].map(({ kernelName, input }) =>
    gradient(kernelName, [input], (dy, [x]) => ({ [input]: () => tf.reshape(dy, x.shape) })),
  )

const partGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  {
    kernelName: tf.Concat,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const { axis } = attrs as unknown as tf.ConcatAttrs
      const sizes = saved.map(({ shape }) => Number(shape.at(axis)))
      return byPosition(tf.split(dy as tf.Tensor, sizes, axis))
    },
  },
  {
    kernelName: tf.Pack,
    saveAllInputs: true,
    gradFunc: (dy, _, attrs) => byPosition(tf.unstack(dy as tf.Tensor, (attrs as unknown as tf.PackAttrs).axis)),
  },
  {
    kernelName: tf.SplitV,
    gradFunc: (dy, _, attrs) => ({ x: () => tf.concat(dy as tf.Tensor[], (attrs as unknown as tf.SplitVAttrs).axis) }),
  },
  {
    kernelName: tf.Unpack,
    gradFunc: (dy, _, attrs) => ({
      value: () => tf.stack(dy as tf.Tensor[], (attrs as unknown as tf.UnpackAttrs).axis),
    }),
  },
  gradient(tf.Slice, ['x'], (dy, [x], attrs) => {
    const begin = [(attrs as unknown as tf.SliceAttrs).begin].flat()
    const pads = x.shape.map((extent, axis): [number, number] => {
      const before = begin[axis] ?? 0
      return [before, extent - before - Number(dy.shape[axis])]
    })
    return { x: () => tf.pad(dy, pads) }
  }),
  gradient(tf.PadV2, ['x'], (dy, [x], attrs) => {
    const begin = (attrs as unknown as tf.PadV2Attrs).paddings.map(([before]) => before)
    return { x: () => tf.slice(dy, begin, x.shape) }
  }),
  gradient(tf.Select, ['condition'], (dy, [condition]) => ({
    condition: () => tf.zeros(condition.shape),
    t: () => tf.mul(dy, tf.cast(condition, 'float32')),
    e: () => tf.mul(dy, tf.cast(tf.logicalNot(condition), 'float32')),
  })),
]

/** The inputs of ops on lists are called by their positions. */
const byPosition = (parts: readonly tf.Tensor[]): Record<string, () => tf.Tensor> =>
  Object.fromEntries(parts.map((part, i) => [i, () => part]))

/** The sum over the repetitions along each axis. */
function untiled(tf: Tfjs, dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return shape.reduce((sum, extent, axis) => {
    if (sum.shape[axis] === extent) return sum
    const repeated = [
      ...sum.shape.slice(0, axis),
      Number(sum.shape[axis]) / extent,
      extent,
      ...sum.shape.slice(axis + 1),
    ]
    return tf.sum(tf.reshape(sum, repeated), axis)
  }, dy)
}

/** dy added up by the elements along the axis that were gathered. */
function scattered(tf: Tfjs, dy: tf.Tensor, shape: readonly number[], indices: tf.Tensor, axis: number): tf.Tensor {
  const outer = shape.slice(0, axis).reduce((n, extent) => n * extent, 1)
  const extent = Number(shape[axis])
  const apart = tf.reshape(dy, [outer, indices.size, -1])
  const sums = tf.unsortedSegmentSum(tf.transpose(apart, [1, 0, 2]), tf.reshape<tf.Rank.R1>(indices, [-1]), extent)
  return tf.reshape(tf.transpose(sums, [1, 0, 2]), [...shape])
}
