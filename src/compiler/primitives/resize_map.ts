import { divide, keyOf, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { TensorType } from '../graph/graph.ts'
import { argument, extent, tf } from './tfjs/expression.ts'
import { definePrimitive } from './primitive.ts'
import { wrongRank } from './shape/rank.ts'
import { summed } from './signs.ts'
import { notWhole, wrongLength } from './shape/whole-extents.ts'

export const resizeMap = definePrimitive({
  name: 'resize_map',
  doc: `Each channel sampled at other places: row i of m is read at (i + 0.5) · n / m - 0.5 of n (\`half\`, where pixels are
areas), at i · (n - 1) / (m - 1) (\`aligned\`, where the corners stay), or at i · n / m (\`legacy\`). \`bilinear\` mixes the
four neighbours; \`nearest\` takes floor((i + 0.5) · n / m), round or floor of the other two, ties as float32 decides. No
antialiasing.`,
  result: '[height, width, C] of the new size',
  example: `input x: [32, 32, 16]
output y: [28, 28, 16] = resize_map(x, [28, 28], bilinear)`,
  signature: {
    x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
    size: { kind: 'dims', doc: 'the new height and width' },
    method: { kind: { words: ['nearest', 'bilinear'] }, default: 'bilinear', doc: 'how elements between places are made' },
    corners: { kind: { words: ['half', 'aligned', 'legacy'] }, default: 'half', doc: 'where the places are' },
  },
  facts: { linear: [['x']], perChannel: ['x'], sign: ({ x }) => summed(x), range: ({ x }) => x },
  factsOf: ({ x, size, method }) => ({
    ...(method === 'nearest' && { moves: { repeats: true }, sign: (of) => of.x }),
    ...(isUnchanged(x, size) && { identity: 'x', sign: (of) => of.x }),
  }),
  shape: ({ x, size }) => {
    const refused =
      wrongRank('resize_map', 'x', x, 'map') ??
      wrongLength('resize_map', 'size', size, 2) ??
      notWhole('resize_map', 'size', size, 1)
    if (refused) return refused
    return [0, 1, 2].map((axis) => {
      const input = x.shape[axis]!
      const dim = size[axis]
      return dim === undefined || keyOf(dim) === keyOf(input.dim)
        ? input
        : { dim, how: `resized from ${printDim(input.dim)}`, from: [input] }
    })
  },
  targets: {
    tfjs: {
      run: ({ x, size, method, corners }) => {
        if (isUnchanged(x, size)) return argument('x')
        const fn = method === 'nearest' ? 'image.resizeNearestNeighbor' : 'image.resizeBilinear'
        // floor((i + 0.5) / s) = floor(i / s) for whole s, and that has a right gradient
        const half = corners === 'half' && !(method === 'nearest' && isMultiple(x, size))
        return tf(fn, argument('x'), size.map(extent), corners === 'aligned', half)
      },
    },
  },
})

const isUnchanged = (x: TensorType, size: readonly Dim[]): boolean =>
  size.every((dim, axis) => keyOf(dim) === keyOf(x.shape[axis]!.dim))

/** Whether both extents grow by a whole factor. */
const isMultiple = (x: TensorType, size: readonly Dim[]): boolean =>
  size.every((dim, axis) => {
    const factor = divide(dim, x.shape[axis]!.dim)
    return typeof factor === 'number' && Number.isInteger(factor) && factor >= 1
  })
