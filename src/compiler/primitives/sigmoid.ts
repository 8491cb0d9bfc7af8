import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'

export const sigmoid = definePrimitive({
  name: 'sigmoid',
  doc: '1 / (1 + exp(-x)).',
  example: 'gate = sigmoid(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('sigmoid', argument('x')) } },
})
