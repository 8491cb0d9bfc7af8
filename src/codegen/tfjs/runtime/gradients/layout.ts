import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/** Of what puts elements elsewhere: each gradient goes the way back. */
export const layoutGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  ...shapeGradients(tf),
  ...partGradients(tf),
  {
    kernelName: tf.Transpose,
    gradFunc: (dy, _, attrs) => {
      const { perm } = attrs as unknown as tf.TransposeAttrs
      return { x: () => tf.transpose(dy as tf.Tensor, tf.backend_util.getUndoAxesPermutation(perm)) }
    },
  },
  {
    kernelName: tf.Reverse,
    gradFunc: (dy, _, attrs) => ({
      x: () => tf.reverse(dy as tf.Tensor, (attrs as unknown as tf.ReverseAttrs).dims),
    }),
  },
  {
    kernelName: tf.Tile,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => untiled(tf, dy as tf.Tensor, x!.shape) }),
  },
  {
    kernelName: tf.SpaceToBatchND,
    gradFunc: (dy, _, attrs) => {
      const { blockShape, paddings } = attrs as unknown as tf.SpaceToBatchNDAttrs
      return { x: () => tf.batchToSpaceND(dy as tf.Tensor, blockShape, paddings) }
    },
  },
  {
    kernelName: tf.BatchToSpaceND,
    gradFunc: (dy, _, attrs) => {
      const { blockShape, crops } = attrs as unknown as tf.BatchToSpaceNDAttrs
      return { x: () => tf.spaceToBatchND(dy as tf.Tensor, blockShape, crops) }
    },
  },
  {
    kernelName: tf.GatherV2,
    inputsToSave: ['x', 'indices'],
    gradFunc: (dy, [x, indices], attrs) => {
      const { axis, batchDims } = attrs as unknown as tf.GatherV2Attrs
      if (batchDims !== 0) throw new Error('no gradient of a gather by indices for each sample')
      return {
        x: () => scattered(tf, dy as tf.Tensor, x!.shape, indices!, axis),
        indices: () => tf.zeros(indices!.shape),
      }
    },
  },
]

const shapeGradients = (tf: Tfjs): readonly tf.GradConfig[] =>
  [
    { kernelName: tf.Reshape, input: 'x' },
    { kernelName: tf.ExpandDims, input: 'input' },
  ].map(({ kernelName, input }) => ({
    kernelName,
    inputsToSave: [input],
    gradFunc: (dy, [x]) => ({ [input]: () => tf.reshape(dy as tf.Tensor, x!.shape) }),
  }))

const partGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  {
    kernelName: tf.Concat,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const [axis] = tf.util.parseAxisParam((attrs as unknown as tf.ConcatAttrs).axis, saved[0]!.shape)
      const sizes = saved.map(({ shape }) => shape[axis!]!)
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
  {
    kernelName: tf.Slice,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const begin = [(attrs as unknown as tf.SliceAttrs).begin].flat()
      const part = dy as tf.Tensor
      const pads = x!.shape.map((extent, axis): [number, number] => {
        const before = begin[axis] ?? 0
        return [before, extent - before - part.shape[axis]!]
      })
      return { x: () => tf.pad(part, pads) }
    },
  },
  {
    kernelName: tf.PadV2,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const { paddings } = attrs as unknown as tf.PadV2Attrs
      return {
        x: () =>
          tf.slice(
            dy as tf.Tensor,
            paddings.map(([before]) => before),
            x!.shape,
          ),
      }
    },
  },
  {
    kernelName: tf.Select,
    inputsToSave: ['condition'],
    gradFunc: (dy, [condition]) => ({
      condition: () => tf.zeros(condition!.shape),
      t: () => tf.mul(dy as tf.Tensor, tf.cast(condition!, 'float32')),
      e: () => tf.mul(dy as tf.Tensor, tf.cast(tf.logicalNot(condition!), 'float32')),
    }),
  },
]

/** The inputs of ops on lists are called by their positions. */
const byPosition = (parts: readonly tf.Tensor[]): Record<string, () => tf.Tensor> =>
  Object.fromEntries(parts.map((part, i) => [i, () => part]))

/** The sum over the repetitions along each axis. */
function untiled(tf: Tfjs, dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return shape.reduce((sum, extent, axis) => {
    if (sum.shape[axis] === extent) return sum
    const repeated = [...sum.shape.slice(0, axis), sum.shape[axis]! / extent, extent, ...sum.shape.slice(axis + 1)]
    return tf.sum(tf.reshape(sum, repeated), axis)
  }, dy)
}

/** dy added up by the elements along the axis that were gathered. */
function scattered(tf: Tfjs, dy: tf.Tensor, shape: readonly number[], indices: tf.Tensor, axis: number): tf.Tensor {
  const outer = shape.slice(0, axis).reduce((n, extent) => n * extent, 1)
  const extent = shape[axis]!
  const apart = tf.reshape(dy, [outer, indices.size, -1])
  const sums = tf.unsortedSegmentSum(tf.transpose(apart, [1, 0, 2]), tf.reshape<tf.Rank.R1>(indices, [-1]), extent)
  return tf.reshape(tf.transpose(sums, [1, 0, 2]), [...shape])
}
