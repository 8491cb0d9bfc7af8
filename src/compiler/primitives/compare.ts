import { broadcastShape } from './shape/broadcast.ts'
import { broadcastCall } from './tfjs/broadcast-call.ts'
import { tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { eachPair, notNegative } from './signs.ts'

const functions = {
  equal: 'equal',
  not_equal: 'notEqual',
  less: 'less',
  less_equal: 'lessEqual',
  greater: 'greater',
  greater_equal: 'greaterEqual',
} as const

/** Whether a comparison holds of numbers. */
const holds: Readonly<Record<keyof typeof functions, (a: number, b: number) => boolean>> = {
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
  less: (a, b) => a < b,
  less_equal: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greater_equal: (a, b) => a >= b,
}

export const compare = definePrimitive({
  name: 'compare',
  doc: '1 where the comparison of a with b holds, 0 elsewhere, element by element: what `a > b` means for tensors.',
  result: 'the shape of both, or of the one that the other is stretched to',
  example: `input x: [32, 32, 16]
mask = compare(x, pool.global(x), greater)
output y: [32, 32, 16] = x * mask`,
  signature: {
    a: { kind: 'tensor', doc: 'any shape' },
    b: { kind: 'tensor', doc: 'a shape that fits: equal, a scalar, [C] along the last axis, or ones where the extents differ' },
    how: {
      kind: { words: ['equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'] },
      doc: 'the comparison',
    },
  },
  facts: { elementwise: true, range: () => [0, 1] },
  factsOf: ({ how }) => ({
    ...((how === 'equal' || how === 'not_equal') && { commutes: true }),
    // which of two numbers of one sign is larger, signs do not tell
    sign: ({ a, b }) =>
      eachPair(a, b, (left, right) => (left === right && left !== 0 ? notNegative : Number(holds[how](left, right)))),
  }),
  shape: ({ a, b }) => broadcastShape('compare', a, b),
  gradientLimit: () => 'a comparison is constant between its jumps: no gradient passes through it',
  targets: { tfjs: { run: ({ a, b, how }, { result }) => tf('cast', broadcastCall(functions[how], a, b, result), 'float32') } },
})
