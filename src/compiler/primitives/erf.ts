import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'

export const erf = definePrimitive({
  name: 'erf',
  doc: 'The error function, `2 / √π · ∫ exp(-t²) dt` from 0 to x; to about 1e-7.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = erf(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x, range: () => [-1, 1] },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('erf', argument('x')) } },
})
