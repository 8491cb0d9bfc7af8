import { extreme, isFree, keyOf, type Dim } from '../../dim/expr.ts'
import { printDim, printShape } from '../../dim/print.ts'
import { equal } from '../../dim/prove.ts'
import type { Extent, Shape, TensorType } from '../../graph/graph.ts'
import { axisOf, mapAxes } from './axis.ts'
import { differ, firstOf } from './equal-extents.ts'
import { problem, type ResultExtent, type ResultShape } from '../primitive.ts'

/**
 * The shape of an elementwise operation of two tensors. They have equal shapes, or one is a scalar [], or one is a vector [C]
 * against a tensor whose last extent is C, or they have equal rank and the extents that differ are the constant 1. A symbolic
 * extent is never stretched: two of them have to be provably equal.
 */
export function broadcastShape(op: string, a: TensorType, b: TensorType): ResultShape {
  const [low, high] = a.shape.length < b.shape.length ? [a.shape, b.shape] : [b.shape, a.shape]
  if (low.length === high.length) return joined(op, a.shape, b.shape)
  if (low.length === 0) return high
  if (low.length === 1) {
    const advice = [
      `a vector or list goes along the channels of a map: it needs one element for each of the ${printDim(high.at(-1)!.dim)}`,
    ]
    return differ(op, mapAxes.channels, a.shape.at(-1)!, b.shape.at(-1)!, advice) ?? high
  }
  const fitting = stretchedShape(low, high)
  const shapes = { op, a: printShape(a.shape), b: printShape(b.shape) }
  return problem(
    'shape/no-broadcast',
    shapes,
    [],
    [
      `a tensor is repeated along axes of extent 1: reshape it to ${fitting ? `[${fitting.map(printDim).join(', ')}]` : `${high.length} axes`}`,
    ],
  )
}

/**
 * The shape of the lower tensor with ones where it has no axis of the higher one's extent; undefined where its axes do not follow
 * each other there.
 */
function stretchedShape(low: Shape, high: Shape): readonly Dim[] | undefined {
  const rest = [...low]
  const dims = high.map(({ dim }) => (rest[0] !== undefined && keyOf(rest[0].dim) === keyOf(dim) ? rest.shift()!.dim : 1))
  return rest.length === 0 ? dims : undefined
}

const adviceFor = (rank: number): readonly string[] | undefined =>
  rank === 1 ? ['dense brings a vector to another length; fuse.concat keeps both vectors'] : undefined

function joined(op: string, a: Shape, b: Shape): ResultShape {
  const refusals = a.flatMap((left, axis) => {
    const right = b[axis]!
    return (
      (mayBeOne(left) || mayBeOne(right) ? undefined : differ(op, axisOf(a.length, axis), left, right, adviceFor(a.length))) ??
      []
    )
  })
  return firstOf(refusals) ?? a.map((left, axis) => longer(left, b[axis]!))
}

/** What any caller gives is stretched where that is 1. */
const mayBeOne = ({ dim }: Extent): boolean => dim === 1 || (isFree(dim) && equal(dim, 1).kind !== 'refuted')

/** Of two extents that fit the one that is not stretched; which that is, a caller may decide. */
function longer(left: Extent, right: Extent): ResultExtent {
  if (left.dim === 1 || (isFree(left.dim) && !isFree(right.dim) && right.dim !== 1)) return right
  if (!isFree(left.dim) || right.dim === 1 || keyOf(left.dim) === keyOf(right.dim)) return left
  const dim = extreme('max', left.dim, right.dim)
  return { dim, how: printDim(dim), from: [left, right] }
}
