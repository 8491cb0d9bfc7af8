import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { eachPair } from './signs.ts'
import { atEnds } from './ranges.ts'

export const maximum = definePrimitive({
  name: 'maximum',
  doc: 'The larger of a and b, element by element; what `max(a, b)` means for tensors.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input a: [32, 32, 16]
input b: [32, 32, 16]
output y: [32, 32, 16] = maximum(a, b)`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  facts: {
    homogeneous: [['a', 'b']],
    elementwise: true,
    commutes: true,
    neutral: { a: -Infinity, b: -Infinity },
    sign: ({ a, b }) => eachPair(a, b, Math.max),
    range: atEnds(Math.max),
  },
  shape: ({ a, b }) => broadcastShape('maximum', a, b),
  targets: { tfjs: { run: ({ a, b }, { result }) => broadcastCall('maximum', a, b, result) } },
})
