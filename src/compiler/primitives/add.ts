import { broadcastCall, broadcastShape } from './broadcast.ts'
import { definePrimitive } from './primitive.ts'

export const add = definePrimitive({
  name: 'add',
  doc: 'a + b, element by element.',
  example: 'y = add(x, bias)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  traits: { elementwise: true },
  shape: ({ a, b }) => broadcastShape('add', a, b),
  tfjs: ({ a, b }) => broadcastCall('add', a, b),
})
