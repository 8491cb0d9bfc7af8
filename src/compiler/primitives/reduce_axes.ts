import { printDim } from '../dim/print.ts'
import type { Shape } from '../graph/graph.ts'
import { outOfRange } from './shape/argument-range.ts'
import { axisAt, axisOf } from './shape/axis.ts'
import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive, type Refused, type ResultExtent } from './primitive.ts'
import { tensorAxes } from './tfjs/sample-axes.ts'
import { summed } from './signs.ts'

export const reduceAxes = definePrimitive({
  name: 'reduce_axes',
  doc: 'The sum, mean, maximum or minimum over some axes: `reduce.sum` and its like, by their names.',
  result: 'the shape of x without the axes, or with 1 in their places',
  example: `input x: [32, 32, 16]
output y: [16] = reduce_axes(x, mean, [0, 1])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    how: { kind: { words: ['sum', 'mean', 'max', 'min'] }, doc: 'what is made of the elements' },
    axes: { kind: 'ints', means: 'axis', doc: 'the axes that go, without the batch; -1 is the last' },
    keep: { kind: 'bool', default: false, doc: 'whether they stay, with extent 1' },
  },
  facts: {},
  factsOf: ({ x, how, axes }) => ({
    ...(how === 'sum' || how === 'mean' ? { linear: [['x']] } : { homogeneous: [['x']] }),
    ...(!axes.some((axis) => axis === -1 || axis === x.shape.length - 1) && { perChannel: ['x'] }),
    ...(how === 'mean' && { averages: { of: 'x', axes: axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)) } }),
    sign: (of) => (how === 'sum' || how === 'mean' ? summed(of.x) : of.x),
  }),
  shape: ({ x, how, axes, keep }) => {
    const positions = positionsOf(axes, x.shape)
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
      run: ({ x, how, axes, keep }) => {
        const positions = axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis))
        return tf(how, argument('x'), tensorAxes(x, positions), keep)
      },
    },
  },
})

function positionsOf(axes: readonly number[], shape: Shape): readonly number[] | Refused {
  const none = outOfRange('reduce_axes', 'axes', 'a list of at least one axis', axes.length, axes.length > 0)
  if (none) return none
  const positions: number[] = []
  for (const axis of axes) {
    const position = axisAt('reduce_axes', 'axes', axis, shape)
    if (typeof position !== 'number') return position
    const twice = outOfRange('reduce_axes', 'axes', 'different axes', axis, !positions.includes(position))
    if (twice) return twice
    positions.push(position)
  }
  return positions
}
