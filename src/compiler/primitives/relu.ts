import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { each } from './signs.ts'

export const relu = definePrimitive({
  name: 'relu',
  doc: 'max(x, 0) (Nair and Hinton 2010).',
  example: 'y = relu(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { homogeneous: [['x']], elementwise: true, sign: ({ x }) => each(x, (sign) => Math.max(sign, 0)) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('relu', argument('x')) } },
})
