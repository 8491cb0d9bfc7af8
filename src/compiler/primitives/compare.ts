import { broadcastCall, broadcastShape } from './broadcast.ts'
import { tf } from './expression.ts'
import { definePrimitive } from './primitive.ts'

const functions = {
  equal: 'equal',
  not_equal: 'notEqual',
  less: 'less',
  less_equal: 'lessEqual',
  greater: 'greater',
  greater_equal: 'greaterEqual',
} as const

export const compare = definePrimitive({
  name: 'compare',
  doc: '1 where the comparison of a with b holds, 0 elsewhere, element by element: what `a > b` means for tensors.',
  example: 'mask = compare(x, threshold, greater)',
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
    how: {
      kind: { words: ['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'] },
      doc: 'the comparison',
    },
  },
  traits: { elementwise: true },
  shape: ({ a, b }) => broadcastShape('compare', a, b),
  gradientLimit: () => 'a comparison is constant between its jumps: no gradient passes through it',
  tfjs: ({ a, b, how }) => tf('cast', broadcastCall(functions[how], a, b), 'float32'),
})
