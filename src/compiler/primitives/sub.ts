import { broadcastCall, broadcastShape } from './broadcast.ts'
import { definePrimitive } from './primitive.ts'

export const sub = definePrimitive({
  name: 'sub',
  doc: 'a - b, element by element.',
  example: 'y = sub(x, mean)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  traits: { elementwise: true },
  shape: ({ a, b }) => broadcastShape('sub', a, b),
  tfjs: ({ a, b }) => broadcastCall('sub', a, b),
})
