import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'
import { rising } from './ranges.ts'

export const sigmoid = definePrimitive({
  name: 'sigmoid',
  doc: '`1 / (1 + exp(-x))`',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = sigmoid(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive, range: rising((value) => 1 / (1 + Math.exp(-value))) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('sigmoid', argument('x')) } },
})
