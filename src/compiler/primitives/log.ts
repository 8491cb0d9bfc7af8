import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'

export const log = definePrimitive({
  name: 'log',
  doc: 'The natural logarithm; -Infinity at 0, NaN below.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = log(1 + exp(x))`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('log', argument('x')) } },
})
