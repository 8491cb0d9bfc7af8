import { hasBatch } from '../graph/graph.ts'
import { axisAt } from './shape/axis.ts'
import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { tensorAxes } from './tfjs/sample-axes.ts'
import { positive } from './signs.ts'

export const softmax = definePrimitive({
  name: 'softmax',
  doc: '`exp(x) / Σ exp(x)` along an axis, which makes the elements along it positive with the sum 1.',
  result: 'the shape of x',
  example: `input x: [64]
output p: [10] = x |> dense(10) |> softmax`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    axis: { kind: 'int', means: 'axis', default: -1, doc: 'the axis of the sum' },
  },
  facts: { sign: () => positive },
  factsOf: ({ x, axis }) => (axis === -1 || axis === x.shape.length - 1 ? {} : { perChannel: ['x'] }),
  shape: ({ x, axis }) => {
    const at = axisAt('softmax', 'axis', axis, x.shape)
    return typeof at === 'number' ? x.shape : at
  },
  targets: {
    tfjs: {
      run: ({ x, axis }) => {
        const last = x.shape.length - 1
        if (axis === -1 || axis === last) return tf('softmax', argument('x'))
        // tfjs takes the last axis only: exchange the two, which is its own inverse
        const at = axis < 0 ? axis + x.shape.length : axis
        const order = x.shape.map((_, i) => (i === at ? last : i === last ? at : i))
        const axes = [...(hasBatch(x) ? [0] : []), ...tensorAxes(x, order)]
        return tf('transpose', tf('softmax', tf('transpose', argument('x'), axes)), axes)
      },
    },
  },
})
