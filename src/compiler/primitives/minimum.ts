import { broadcastCall, broadcastShape } from './broadcast.ts'
import { definePrimitive } from './primitive.ts'

export const minimum = definePrimitive({
  name: 'minimum',
  doc: 'The smaller of a and b, element by element.',
  example: 'y = minimum(x, ceiling)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  traits: { elementwise: true },
  shape: ({ a, b }) => broadcastShape('minimum', a, b),
  tfjs: ({ a, b }) => broadcastCall('minimum', a, b),
})
