import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { rising } from './ranges.ts'

export const tanh = definePrimitive({
  name: 'tanh',
  doc: '`(exp(x) - exp(-x)) / (exp(x) + exp(-x))`',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = tanh(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x, range: rising(Math.tanh) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('tanh', argument('x')) } },
})
