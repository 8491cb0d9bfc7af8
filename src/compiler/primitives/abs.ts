import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { each } from './signs.ts'

export const abs = definePrimitive({
  name: 'abs',
  doc: 'The absolute value, `|x|`; the gradient at 0 is 0.',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = abs(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { homogeneous: [['x']], elementwise: true, sign: ({ x }) => each(x, Math.abs), range: ({ x: [low, high] }) => [Math.max(0, low, -high), Math.max(-low, high)] },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('abs', argument('x')) } },
})
