import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { isVector, matrixSides } from '../shape/matrix-sides.ts'
import { argument, extent, tf, type Expression } from './expression.ts'
import { repeated } from './sample-axes.ts'

interface Factors {
  readonly a: TensorType
  readonly b: TensorType
  readonly transpose_a: boolean
  readonly transpose_b: boolean
}

/** The tfjs call of a product of matrices, for one b of all samples or one for each. */
export const matmulCall = ({ a, b, transpose_a, transpose_b }: Factors): Expression =>
  hasBatch(b) ? perSample(a, transpose_a, b, transpose_b) : shared(a, transpose_a, b, transpose_b)

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
  const [row, column] = matrixSides(a, transposeA)
  const rows = tf('reshape', transposeA ? tf('transpose', left, [0, 2, 1]) : left, [-1, extent(column.dim)])
  return tf('reshape', tf('matMul', rows, right, false, transposeB), [-1, extent(row.dim), extent(matrixSides(b, transposeB)[1].dim)])
}

function perSample(a: TensorType, transposeA: boolean, b: TensorType, transposeB: boolean): Expression {
  const left = hasBatch(a) ? argument('a') : repeated(argument('a'), a, argument('b'))
  if (!isVector(a)) return tf('matMul', left, argument('b'), transposeA, transposeB)
  const row = tf('reshape', left, [-1, 1, extent(a.shape[0]!.dim)])
  return tf('reshape', tf('matMul', row, argument('b'), false, transposeB), [-1, extent(matrixSides(b, transposeB)[1].dim)])
}
