import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'

export const sigmoid = definePrimitive({
  name: 'sigmoid',
  doc: '`1 / (1 + exp(-x))`',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = sigmoid(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('sigmoid', argument('x')) } },
})
