import { keyOf, multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { decided } from './shape/axis.ts'
import { unlessEqual } from './shape/claim.ts'
import { isVector, matrixSides } from './shape/matrix-sides.ts'
import { definePrimitive, problem } from './primitive.ts'
import { wrongRank } from './shape/rank.ts'
import { matmulCall } from './tfjs/matmul-call.ts'
import { product, summed } from './signs.ts'

export const matmul = definePrimitive({
  name: 'matmul',
  doc: '`y[i, j] = Σ a[i, k] · b[k, j]`. A vector a is one row, and then so is the result.',
  result: '[n, m], or [m] where a is a vector',
  example: `input x: [64]
param kernel: [64, 10] = glorot_uniform
output y: [10] = matmul(x, kernel)`,
  signature: {
    a: { kind: 'tensor', doc: '[k] or [n, k]' },
    b: { kind: 'tensor', doc: '[k, m]' },
    transpose_a: { kind: 'bool', default: false, doc: 'whether a, then a matrix, is given as [k, n]' },
    transpose_b: { kind: 'bool', default: false, doc: 'whether b is given as [m, k]' },
  },
  facts: { linear: [['a'], ['b']], sign: ({ a, b }) => summed(product(a, b)) },
  factsOf: ({ transpose_a, transpose_b }) => {
    const [rows, columns] = transpose_b ? [1, 0] : [0, 1]
    return { kernel: { of: 'a', by: 'b', reads: transpose_a ? undefined : rows, makes: [columns] } }
  },
  shape: ({ a, b, transpose_a, transpose_b }) => {
    const vector = isVector(a) && !transpose_a
    const refused = (vector ? undefined : wrongRank('matmul', 'a', a, 'matrix')) ?? wrongRank('matmul', 'b', b, 'matrix')
    if (refused) return refused
    const [row, column] = vector ? [undefined, a.shape[0]!] : matrixSides(a, transpose_a)
    const [inner, result] = matrixSides(b, transpose_b)
    const labels = [decided(column, { name: 'columns', said: 'named' }), decided(inner, { name: 'rows', said: 'named' })]
    const misfit = unlessEqual({ op: 'matmul', axis: 'columns', a: column.dim, b: inner.dim, labels }, () =>
      problem(
        'shape/inner-mismatch',
        { op: 'matmul', a: printDim(column.dim), b: printDim(inner.dim) },
        labels,
        turned(column, result),
      ),
    )
    return misfit ?? (row ? [row, result] : [result])
  },
  macs: ({ a }, result) => [...a.shape, result.at(-1)!].map(({ dim }) => dim).reduce(multiply),
  targets: {
    tfjs: { run: matmulCall },
  },
})

/** b fits the other way round. */
const turned = (column: Extent, result: Extent): readonly string[] =>
  keyOf(column.dim) === keyOf(result.dim) ? ['with transpose_b: true the rows of the right side are its columns'] : []
