import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { anySign, eachPair } from './signs.ts'

export const add = definePrimitive({
  name: 'add',
  doc: '`a + b`, element by element; what `+` means for tensors.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input x: [32, 32, 16]
param bias: [16] = zeros
output y: [32, 32, 16] = add(x, bias)`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  facts: {
    linear: [['a', 'b']],
    elementwise: true,
    commutes: true,
    neutral: { a: 0, b: 0 },
    sign: ({ a, b }) => eachPair(a, b, (left, right) => (left * right < 0 ? anySign : left + right)),
    range: ({ a, b }) => [a[0] + b[0], a[1] + b[1]],
  },
  shape: ({ a, b }) => broadcastShape('add', a, b),
  targets: { tfjs: { run: ({ a, b }, { result }) => broadcastCall('add', a, b, result) } },
})
