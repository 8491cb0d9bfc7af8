import { broadcastCall, broadcastShape } from './broadcast.ts'
import { definePrimitive } from './primitive.ts'

export const div = definePrimitive({
  name: 'div',
  doc: 'a / b, element by element; b may be 0 where the result may be infinite.',
  example: 'y = div(x, deviation)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  traits: { linear: ['a'], elementwise: true },
  shape: ({ a, b }) => broadcastShape('div', a, b),
  tfjs: ({ a, b }) => broadcastCall('div', a, b),
})
