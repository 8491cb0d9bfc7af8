import { printShape } from '../../dim/print.ts'
import type { TensorType } from '../../graph/graph.ts'
import { axisOf, decided } from './axis.ts'
import { problem, type Refused } from '../primitive.ts'

const ranks = {
  map: { rank: 3, wanted: 'a map [H, W, C]' },
  vector: { rank: 1, wanted: 'a vector [C]' },
  matrix: { rank: 2, wanted: 'a matrix [n, m]' },
  kernel: { rank: 4, wanted: 'a kernel of four axes' },
} as const

/** The refusal of a tensor of another rank than the parameter takes; undefined when it fits. */
export function wrongRank(op: string, parameter: string, tensor: TensorType, kind: keyof typeof ranks): Refused | undefined {
  const { rank, wanted } = ranks[kind]
  const { shape } = tensor
  if (shape.length === rank) return undefined
  return problem(
    'shape/rank',
    { op, parameter, wanted, found: shape.length === 0 ? 'a scalar' : printShape(shape) },
    shape.map((extent, i) => decided(extent, axisOf(shape.length, i))),
  )
}
