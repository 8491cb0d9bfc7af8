import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { rising } from './ranges.ts'

export const log = definePrimitive({
  name: 'log',
  doc: 'The natural logarithm; -Infinity at 0, NaN below.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = log(1 + exp(x))`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, range: rising((value) => (value > 0 ? Math.log(value) : -Infinity)) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('log', argument('x')) } },
})
