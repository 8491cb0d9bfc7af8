import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'

export const log = definePrimitive({
  name: 'log',
  doc: 'The natural logarithm; -Infinity at 0, NaN below.',
  example: 'y = log(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('log', argument('x')) } },
})
