import { keyOf, multiply, type Dim } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import { decidedAlong } from './shape/axis.ts'
import { unlessEqual } from './shape/claim.ts'
import { argument, extent, tf } from './tfjs/expression.ts'
import { definePrimitive, disagreeing, problem } from './primitive.ts'
import { withBatch } from './tfjs/sample-axes.ts'
import { notWhole } from './shape/whole-extents.ts'

const product = (dims: readonly Dim[]): Dim => dims.reduce(multiply, 1)

/** The number of elements with the product that it is. */
const counted = (dims: readonly Dim[], elements: Dim): string =>
  dims.length > 1 && typeof elements === 'number' ? `${dims.map(printDim).join(' * ')} = ${elements}` : printDim(elements)

/** The channels, where the others have the same product; all extents otherwise. */
function unequal(from: readonly Dim[], to: readonly Dim[]): readonly Dim[] {
  const places = [from, to].map((dims) => keyOf(product(dims.slice(0, -1))))
  return [from, to].flatMap((dims) => (places[0] === places[1] ? dims.slice(-1) : dims))
}

export const reshape = definePrimitive({
  name: 'reshape',
  doc: 'The same elements in the same order (the last axis runs fastest) under another shape. The batch is left alone.',
  result: 'shape',
  example: `input x: [3136]
output y: [7, 7, 64] = reshape(x, [7, 7, 64])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape' },
    shape: { kind: 'dims', doc: 'the new extents, with the same product' },
  },
  facts: { linear: [['x']], moves: { repeats: false }, sign: ({ x }) => x, range: ({ x }) => x },
  shape: ({ x, shape }) => {
    const refused = notWhole('reshape', 'shape', shape, 1)
    if (refused) return refused
    const dims = x.shape.map(({ dim }) => dim)
    const [a, b] = [product(dims), product(shape)]
    const labels = decidedAlong(x.shape, dims.map((_, axis) => axis))
    const mismatch = unlessEqual({ op: 'reshape', axis: 'elements', a, b, labels }, () =>
      disagreeing(
        unequal(dims, shape),
        problem(
          'shape/reshape',
          {
            op: 'reshape',
            from: printShape(x.shape),
            a: counted(dims, a),
            to: printShape(shape.map((dim) => ({ dim }))),
            b: counted(shape, b),
          },
          labels,
        ),
      ),
    )
    if (mismatch) return mismatch
    // of a vector it is plain what it was made of
    if (shape.length === 1 && dims.length > 1)
      return [{ dim: b, how: `${dims.map(printDim).join(' * ')} = ${printDim(b)}`, from: x.shape }]
    return shape.map((dim) => ({ dim, from: x.shape }))
  },
  targets: { tfjs: { run: ({ x, shape }) => tf('reshape', argument('x'), withBatch(x, extent(-1), shape.map(extent))) } },
})
