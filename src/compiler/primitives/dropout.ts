import { outOfRange } from './shape/argument-range.ts'
import { argument, runtime, seed, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { united } from './signs.ts'

export const dropout = definePrimitive({
  name: 'dropout',
  doc: 'In training each element is 0 with the probability `rate`, and the others are divided by 1 - rate; otherwise x itself.',
  paper: 'Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting, section 4',
  result: 'the shape of x',
  example: `input x: [256]
output y: [10] = x |> dropout(0.5) |> dense(10)`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape' },
    rate: { kind: 'number', doc: 'from 0 to below 1' },
  },
  facts: { linear: [['x']], elementwise: true, identity: 'x', sign: ({ x }) => united(x, [0]), range: ({ x }) => x },
  factsOf: ({ rate }) => (rate > 0 ? { random: true } : { sign: ({ x }) => x }),
  shape: ({ x, rate }) => outOfRange('dropout', 'rate', 'from 0 to below 1', rate, rate >= 0 && rate < 1) ?? x.shape,
  targets: {
    tfjs: {
      run: () => argument('x'),
      train: ({ rate }) => ({
        locals: {},
        value: rate === 0 ? argument('x') : tf('dropout', argument('x'), rate, undefined, seed),
        updates: {},
      }),
      module: ({ rate }, { frozen }) => (frozen || rate === 0 ? undefined : runtime('dropout', argument('x'), rate)),
    },
  },
})
