import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { rising } from './ranges.ts'

export const elu = definePrimitive({
  name: 'elu',
  doc: '`x` where it is positive, `exp(x) - 1` elsewhere: alpha is 1.',
  paper: 'Clevert et al. 2016, Fast and Accurate Deep Network Learning by Exponential Linear Units, section 3 (arXiv 1511.07289)',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
output y: [32, 32, 16] = elu(x)`,
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: ({ x }) => x, range: rising((value) => (value > 0 ? value : Math.expm1(value))) },
  shape: ({ x }) => x.shape,
  targets: { tfjs: { run: () => tf('elu', argument('x')) } },
})
