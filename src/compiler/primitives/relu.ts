import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { each } from './signs.ts'
import { rising } from './ranges.ts'

export const relu = definePrimitive({
  name: 'relu',
  doc: '`max(x, 0)`; the gradient at 0 is 0.',
  paper: 'Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = relu(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { homogeneous: [['x']], elementwise: true, sign: ({ x }) => each(x, (sign) => Math.max(sign, 0)), range: rising((value) => Math.max(0, value)) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('relu', argument('x')) } },
})
