import { printDim } from '../dim/print.ts'
import { axisOf, positionsOf } from './shape/axis.ts'
import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive, type ResultExtent } from './primitive.ts'
import { tensorAxes } from './tfjs/sample-axes.ts'
import { summed } from './signs.ts'
import { manyTimes } from './ranges.ts'

export const reduceAxes = definePrimitive({
  name: 'reduce_axes',
  doc: 'The sum, mean, maximum or minimum over some axes: `reduce.sum` and its like, by their names.',
  result: 'the shape of x without the axes, or with 1 in their places',
  example: `input x: [32, 32, 16]
output y: [16] = reduce_axes(x, mean, [0, 1])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    how: { kind: { words: ['sum', 'mean', 'max', 'min'] }, doc: 'what is made of the elements' },
    axis: { kind: 'axes', means: 'axis', doc: 'the axis that goes, or a list of several, without the batch; -1 is the last' },
    keep: { kind: 'bool', default: false, doc: 'whether they stay, with extent 1' },
  },
  facts: {},
  factsOf: ({ x, how, axis: axes }) => ({
    ...(how === 'sum' || how === 'mean' ? { linear: [['x']] } : { homogeneous: [['x']] }),
    ...(!axes.some((axis) => axis === -1 || axis === x.shape.length - 1) && { perChannel: ['x'] }),
    ...(how === 'mean' && { averages: { of: 'x', axes: axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)) } }),
    sign: (of) => (how === 'sum' || how === 'mean' ? summed(of.x) : of.x),
    range: (of) => (how === 'sum' ? manyTimes(of.x) : of.x),
  }),
  shape: ({ x, how, axis: axes, keep }) => {
    const positions = positionsOf('reduce_axes', axes, x.shape)
    if ('problem' in positions) return positions
    return x.shape.flatMap((extent, axis): readonly ResultExtent[] => {
      if (!positions.includes(axis)) return [extent]
      return keep
        ? [{ dim: 1, how: `${how} over ${axisOf(x.shape.length, axis).name} ${printDim(extent.dim)}`, from: [extent] }]
        : []
    })
  },
  targets: {
    tfjs: {
      run: ({ x, how, axis: axes, keep }) => {
        const positions = axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis))
        return tf(how, argument('x'), tensorAxes(x, positions), keep)
      },
    },
  },
})
