import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'

export const sqrt = definePrimitive({
  name: 'sqrt',
  doc: 'The square root; NaN below 0, and an infinite gradient at 0.',
  example: 'y = sqrt(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x.filter((sign) => sign >= 0) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('sqrt', argument('x')) } },
})
