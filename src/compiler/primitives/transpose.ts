import { argument, tf } from './tfjs/expression.ts'
import { blaming, definePrimitive, problem } from './primitive.ts'
import { tensorAxes, withBatch } from './tfjs/sample-axes.ts'

export const transpose = definePrimitive({
  name: 'transpose',
  doc: 'The axes in another order: axis i of the result is axis order[i] of x. The batch stays first.',
  result: 'the extents of x in the order',
  example: `input x: [24, 32, 3]
output y: [32, 24, 3] = transpose(x, [1, 0, 2])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape' },
    order: { kind: 'ints', means: 'axis', doc: 'each axis once, without the batch' },
  },
  facts: { linear: [['x']], moves: { repeats: false }, sign: ({ x }) => x, range: ({ x }) => x },
  factsOf: ({ order }) => ({
    ...(order.at(-1) === order.length - 1 && { perChannel: ['x'] }),
    ...(order.every((axis, i) => axis === i) && { identity: 'x' }),
  }),
  shape: ({ x, order }) => {
    const rank = x.shape.length
    if (order.length === rank && x.shape.every((_, axis) => order.includes(axis))) return order.map((axis) => x.shape[axis]!)
    const facts = { op: 'transpose', order: `[${order.join(', ')}]`, rank: String(rank) }
    return blaming({ parameter: 'order' }, problem('shape/permutation', facts))
  },
  targets: { tfjs: { run: ({ x, order }) => tf('transpose', argument('x'), withBatch(x, 0, tensorAxes(x, order))) } },
})
