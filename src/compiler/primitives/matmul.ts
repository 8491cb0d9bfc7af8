import { multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Extent, TensorType } from '../graph.ts'
import { decided } from './axis.ts'
import { unlessEqual } from './claim.ts'
import { argument, extent, tf, type Expression } from './expression.ts'
import { definePrimitive, problem } from './primitive.ts'
import { wrongRank } from './rank.ts'
import { repeated } from './sample-axes.ts'

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
  traits: { linear: ['a', 'b'] },
  shape: ({ a, b, transpose_a, transpose_b }) => {
    const vector = isVector(a) && !transpose_a
    const refused = (vector ? undefined : wrongRank('matmul', 'a', a, 'matrix')) ?? wrongRank('matmul', 'b', b, 'matrix')
    if (refused) return refused
    const [rows, columns] = vector ? [[], a.shape[0]!] : splitRow(sides(a, transpose_a))
    const [inner, result] = sides(b, transpose_b)
    const labels = [decided(columns, 'columns'), decided(inner, 'rows')]
    const misfit = unlessEqual({ op: 'matmul', axis: 'columns', a: columns.dim, b: inner.dim, labels }, () =>
      problem('shape/inner-mismatch', { op: 'matmul', a: printDim(columns.dim), b: printDim(inner.dim) }, labels),
    )
    return misfit ?? [...rows, result]
  },
  macs: ({ a, b }) => [...a.shape, b.shape[0]!, b.shape[1]!].map(({ dim }) => dim).reduce(multiply),
  tfjs: ({ a, b, transpose_a, transpose_b }) =>
    b.batched ? perSample(a, b, transpose_a, transpose_b) : sharedRight(a, b, transpose_a, transpose_b),
})

const splitRow = ([row, column]: readonly [Extent, Extent]): readonly [readonly Extent[], Extent] => [[row], column]
