import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { eachPair } from './signs.ts'

export const maximum = definePrimitive({
  name: 'maximum',
  doc: 'The larger of a and b, element by element.',
  example: 'y = maximum(x, floor)',
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
  },
  shape: ({ a, b }) => broadcastShape('maximum', a, b),
  targets: { tfjs: { run: ({ a, b }) => broadcastCall('maximum', a, b) } },
})
