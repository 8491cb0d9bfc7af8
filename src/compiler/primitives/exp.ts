import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'
import { rising } from './ranges.ts'

export const exp = definePrimitive({
  name: 'exp',
  doc: '`exp(x)`; overflows float32 beyond 88.7.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = exp(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive, range: rising(Math.exp) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('exp', argument('x')) } },
})
