import { add } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import { hasBatch, type TensorType } from '../graph/graph.ts'
import { axisAt, axisOf, decided } from './shape/axis.ts'
import { differ, firstOf } from './shape/equal-extents.ts'
import { argument, tf } from './tfjs/expression.ts'
import { definePrimitive, problem, type Refused } from './primitive.ts'
import { repeated, tensorAxes } from './tfjs/sample-axes.ts'

export const concatenate = definePrimitive({
  name: 'concatenate',
  doc: 'The parts one after the other along an axis, in the order of the call; they agree in every other axis.',
  result: 'their shape, with the sum of their extents along the axis',
  example: `input left: [32, 32, 16]
input right: [32, 32, 8]
output y: [32, 32, 24] = concatenate(left, right)`,
  signature: {
    parts: { kind: 'tensors', doc: 'tensors of one rank' },
    axis: { kind: 'int', means: 'axis', default: -1, doc: 'the axis that grows' },
  },
  facts: { linear: [['parts']], moves: { repeats: false }, sign: ({ parts }) => parts, range: ({ parts }) => parts },
  factsOf: ({ parts, axis }) => (axis === -1 || axis === parts[0]!.shape.length - 1 ? {} : { perChannel: ['parts'] }),
  shape: ({ parts, axis }) => {
    const [first, ...others] = parts as readonly [TensorType, ...TensorType[]]
    const at = axisAt('concatenate', 'axis', axis, first.shape)
    if (typeof at !== 'number') return at
    for (const other of others) {
      const refused = misfit(first, other, at)
      if (refused) return refused
    }
    if (others.length === 0) return first.shape
    const dims = parts.map(({ shape }) => shape[at]!.dim)
    const dim = dims.reduce(add)
    const sum = { dim, how: `${dims.map(printDim).join(' + ')} = ${printDim(dim)}`, from: parts.map(({ shape }) => shape[at]!) }
    return first.shape.map((extent, i) => (i === at ? sum : extent))
  },
  targets: {
    tfjs: {
      run: ({ parts, axis }, { result }) => {
        if (parts.length === 1) return argument('parts', 0)
        const batched = parts.findIndex((part) => hasBatch(part))
        const pieces = parts.map((part, i) => {
          const piece = argument('parts', i)
          return hasBatch(part) || batched < 0 ? piece : repeated(piece, part, argument('parts', batched))
        })
        const at = axis < 0 ? axis + result.shape.length : axis
        return tf('concat', pieces, tensorAxes(result, [at])[0])
      },
    },
  },
})

function misfit(first: TensorType, other: TensorType, at: number): Refused | undefined {
  const rank = first.shape.length
  if (other.shape.length !== rank) {
    return problem(
      'shape/rank',
      {
        op: 'concatenate',
        parameter: 'parts',
        wanted: `the ${rank} axes of ${printShape(first.shape)}`,
        found: printShape(other.shape),
      },
      other.shape.map((extent, i) => decided(extent, axisOf(other.shape.length, i))),
    )
  }
  return firstOf(
    first.shape.flatMap(
      (extent, i) => (i === at ? undefined : differ('concatenate', axisOf(rank, i), extent, other.shape[i]!)) ?? [],
    ),
  )
}
