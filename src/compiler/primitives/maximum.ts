import { broadcastCall, broadcastShape } from './broadcast.ts'
import { definePrimitive } from './primitive.ts'

export const maximum = definePrimitive({
  name: 'maximum',
  doc: 'The larger of a and b, element by element.',
  example: 'y = maximum(x, floor)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  traits: { elementwise: true },
  shape: ({ a, b }) => broadcastShape('maximum', a, b),
  tfjs: ({ a, b }) => broadcastCall('maximum', a, b),
})
