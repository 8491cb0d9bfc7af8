import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'

export const elu = definePrimitive({
  name: 'elu',
  doc: 'x where it is positive, exp(x) - 1 elsewhere (Clevert et al. 2016, alpha 1).',
  example: 'y = elu(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('elu', argument('x')) } },
})
