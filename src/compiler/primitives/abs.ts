import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { each } from './signs.ts'

export const abs = definePrimitive({
  name: 'abs',
  doc: '|x|; the gradient at 0 is 0.',
  example: 'y = abs(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { homogeneous: [['x']], elementwise: true, sign: ({ x }) => each(x, Math.abs) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('abs', argument('x')) } },
})
