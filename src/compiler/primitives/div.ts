import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { definePrimitive } from './primitive.ts'
import { eachPair } from './signs.ts'
import { anyRange, atEnds, times } from './ranges.ts'

export const div = definePrimitive({
  name: 'div',
  doc: '`a / b`, element by element; what `/` means for tensors. b may be 0 where the result may be infinite.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = div(x, 1 + abs(x))`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
  },
  facts: {
    linear: [['a']],
    elementwise: true,
    neutral: { b: 1 },
    range: ({ a, b }) => (b[0] > 0 || b[1] < 0 ? atEnds((left, right) => times(left, 1 / right))({ a, b }) : anyRange),
    sign: ({ a, b }) => eachPair(a, b, (left, right) => (right === 0 ? [-left, left] : left * right)),
  },
  shape: ({ a, b }) => broadcastShape('div', a, b),
  targets: { tfjs: { run: ({ a, b }, { result }) => broadcastCall('div', a, b, result) } },
})
