import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'
import { rising } from './ranges.ts'

export const softplus = definePrimitive({
  name: 'softplus',
  doc: '`log(1 + exp(x))`, also where exp(x) overflows.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = softplus(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive, range: rising((value) => Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value)))) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('softplus', argument('x')) } },
})
