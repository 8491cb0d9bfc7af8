import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { rising } from './ranges.ts'

export const sqrt = definePrimitive({
  name: 'sqrt',
  doc: 'The square root; NaN below 0, and an infinite gradient at 0.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = sqrt(x * x + 1e-5)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x.filter((sign) => sign >= 0), range: rising((value) => Math.sqrt(Math.max(0, value))) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('sqrt', argument('x')) } },
})
