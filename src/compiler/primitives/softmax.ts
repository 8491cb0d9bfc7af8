import { multiply } from '../dim/expr.ts'
import { hasBatch, type TensorType } from '../graph/graph.ts'
import { positionsOf } from './shape/axis.ts'
import { argument, extent, tf, type Expression } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { tensorAxes, withBatch } from './tfjs/sample-axes.ts'
import { positive } from './signs.ts'

export const softmax = definePrimitive({
  name: 'softmax',
  doc: '`exp(x) / Σ exp(x)` along an axis or over several, which makes the elements there positive with the sum 1.',
  result: 'the shape of x',
  example: `input x: [64]
output p: [10] = x |> dense(10) |> softmax`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    axis: { kind: 'axes', means: 'axis', default: [-1], doc: 'the axis of the sum, or a list of several' },
  },
  facts: { sign: () => positive, range: () => [0, 1] },
  factsOf: ({ x, axis }) => (axis.some((one) => one === -1 || one === x.shape.length - 1) ? {} : { perChannel: ['x'] }),
  shape: ({ x, axis }) => {
    const positions = positionsOf('softmax', axis, x.shape)
    return 'problem' in positions ? positions : x.shape
  },
  targets: {
    tfjs: {
      run: ({ x, axis }) => {
        const last = x.shape.length - 1
        const [at, ...others] = axis.map((one) => (one < 0 ? one + x.shape.length : one))
        if (at === undefined || others.length > 0) return overSeveral(x, axis)
        if (at === last) return tf('softmax', argument('x'))
        // tfjs takes the last axis only: exchange the two, which is its own inverse
        const order = x.shape.map((_, i) => (i === at ? last : i === last ? at : i))
        return ordered(tf('softmax', ordered(argument('x'), x, order)), x, order)
      },
    },
  },
})

/** The axes are brought to the end and made one. */
function overSeveral(x: TensorType, axis: readonly number[]): Expression {
  const positions = axis.map((one) => (one < 0 ? one + x.shape.length : one))
  const order = [...x.shape.keys()].sort((a, b) => Number(positions.includes(a)) - Number(positions.includes(b)) || a - b)
  const dims = order.map((one) => x.shape[one]!.dim)
  const [kept, joined] = [dims.slice(0, -positions.length), dims.slice(-positions.length).reduce(multiply, 1)]
  const flat = tf('reshape', ordered(argument('x'), x, order), withBatch(x, extent(-1), [...kept, joined].map(extent)))
  const back = order.map((_, i) => order.indexOf(i))
  return ordered(tf('reshape', tf('softmax', flat), withBatch(x, extent(-1), dims.map(extent))), x, back)
}

/** The axes of a sample in another order. */
const ordered = (tensor: Expression, type: TensorType, order: readonly number[]): Expression =>
  order.every((axis, i) => axis === i)
    ? tensor
    : tf('transpose', tensor, [...(hasBatch(type) ? [0] : []), ...tensorAxes(type, order)])
