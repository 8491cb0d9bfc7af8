import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { product } from './signs.ts'
import { atEnds, times } from './ranges.ts'

export const mul = definePrimitive({
  name: 'mul',
  doc: '`a · b`, element by element; what `*` means for tensors.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = mul(x, sigmoid(x))`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  facts: {
    linear: [['a'], ['b']],
    elementwise: true,
    commutes: true,
    neutral: { a: 1, b: 1 },
    sign: ({ a, b }) => product(a, b),
    range: atEnds(times),
  },
  shape: ({ a, b }) => broadcastShape('mul', a, b),
  targets: { tfjs: { run: ({ a, b }, { result }) => broadcastCall('mul', a, b, result) } },
})
