import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { anySign, eachPair } from './signs.ts'

export const sub = definePrimitive({
  name: 'sub',
  doc: '`a - b`, element by element; what `-` means for tensors.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = sub(x, pool.global(x))`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  facts: {
    linear: [['a', 'b']],
    elementwise: true,
    neutral: { b: 0 },
    sign: ({ a, b }) => eachPair(a, b, (left, right) => (left * right > 0 ? anySign : left - right)),
    range: ({ a, b }) => [a[0] - b[1], a[1] - b[0]],
  },
  shape: ({ a, b }) => broadcastShape('sub', a, b),
  targets: { tfjs: { run: ({ a, b }, { result }) => broadcastCall('sub', a, b, result) } },
})
