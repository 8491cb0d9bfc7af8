import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'

export const softplus = definePrimitive({
  name: 'softplus',
  doc: '`log(1 + exp(x))`, also where exp(x) overflows.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = softplus(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('softplus', argument('x')) } },
})
