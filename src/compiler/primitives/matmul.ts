import { keyOf, multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { hasBatch, type Extent, type TensorType } from '../graph/graph.ts'
import { decided } from './shape/axis.ts'
import { unlessEqual } from './shape/claim.ts'
import { argument, extent, tf, type Expression } from './tfjs/expression.ts'
import { definePrimitive, problem } from './primitive.ts'
import { wrongRank } from './shape/rank.ts'
import { repeated } from './tfjs/sample-axes.ts'
import { product, summed } from './signs.ts'

/** Rows and columns of a matrix as the product reads it. */
const sides = ({ shape }: TensorType, transposed: boolean): readonly [Extent, Extent] =>
  transposed ? [shape[1]!, shape[0]!] : [shape[0]!, shape[1]!]

const isVector = ({ shape }: TensorType): boolean => shape.length === 1

export const matmul = definePrimitive({
  name: 'matmul',
  doc: 'y[i, j] = Σ a[i, k] · b[k, j]. A vector a is one row, and then so is the result.',
  example: 'y = matmul(x, kernel)',
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
    const [row, column] = vector ? [undefined, a.shape[0]!] : sides(a, transpose_a)
    const [inner, result] = sides(b, transpose_b)
    const labels = [decided(column, 'columns'), decided(inner, 'rows')]
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
    tfjs: {
      run: ({ a, b, transpose_a, transpose_b }) =>
        hasBatch(b) ? perSample(a, transpose_a, b, transpose_b) : shared(a, transpose_a, b, transpose_b),
    },
  },
})

/** b fits the other way round. */
const turned = (column: Extent, result: Extent): readonly string[] =>
  keyOf(column.dim) === keyOf(result.dim) ? ['with transpose_b: true the rows of the right side are its columns'] : []

/** One b for all samples; tfjs has no gradient of a product that repeats one side, so the samples' rows are put together. */
function shared(a: TensorType, transposeA: boolean, b: TensorType, transposeB: boolean): Expression {
  const left = argument('a')
  const right = argument('b')
  if (isVector(a)) {
    return hasBatch(a)
      ? tf('matMul', left, right, false, transposeB)
      : tf('reshape', tf('matMul', tf('reshape', left, [1, -1]), right, false, transposeB), [-1])
  }
  if (!hasBatch(a)) return tf('matMul', left, right, transposeA, transposeB)
  const [row, column] = sides(a, transposeA)
  const rows = tf('reshape', transposeA ? tf('transpose', left, [0, 2, 1]) : left, [-1, extent(column.dim)])
  return tf('reshape', tf('matMul', rows, right, false, transposeB), [-1, extent(row.dim), extent(sides(b, transposeB)[1].dim)])
}

function perSample(a: TensorType, transposeA: boolean, b: TensorType, transposeB: boolean): Expression {
  const left = hasBatch(a) ? argument('a') : repeated(argument('a'), a, argument('b'))
  if (!isVector(a)) return tf('matMul', left, argument('b'), transposeA, transposeB)
  const row = tf('reshape', left, [-1, 1, extent(a.shape[0]!.dim)])
  return tf('reshape', tf('matMul', row, argument('b'), false, transposeB), [-1, extent(sides(b, transposeB)[1].dim)])
}
