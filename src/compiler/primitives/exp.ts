import { argument, tf } from './expression.ts'
import { definePrimitive } from './primitive.ts'
import { positive } from './signs.ts'

export const exp = definePrimitive({
  name: 'exp',
  doc: 'exp(x); overflows float32 beyond 88.7.',
  example: 'y = exp(x)',
  signature: { x: { kind: 'tensor', doc: 'any shape' } },
  facts: { elementwise: true, sign: () => positive },
  shape: ({ x }) => x.shape,
  tfjs: () => tf('exp', argument('x')),
})
