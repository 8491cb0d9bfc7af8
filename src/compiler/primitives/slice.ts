import { add, keyOf, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { axisOf, decided, type Axis } from './shape/axis.ts'
import { unlessAtLeast } from './shape/claim.ts'
import { definePrimitive, problem, type Refused, type ResultExtent } from './primitive.ts'
import { sliceCall } from './tfjs/slice-call.ts'
import { notWhole, wrongLength } from './shape/whole-extents.ts'

export const slice = definePrimitive({
  name: 'slice',
  doc: 'The box of `size` elements that begins at `begin`, along each axis.',
  result: 'size',
  example: `input x: [28, 28, 3]
output y: [26, 26, 3] = slice(x, [1, 1, 0], [26, 26, 3])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    begin: { kind: 'dims', doc: 'where it begins, for each axis' },
    size: { kind: 'dims', doc: 'how much of each axis' },
  },
  facts: { linear: [['x']], moves: { repeats: false }, sign: ({ x }) => x, range: ({ x }) => x },
  factsOf: ({ x, begin, size }) => {
    const [from, count] = [begin.at(-1)!, size.at(-1)!]
    const isAll = from === 0 && keyOf(count) === keyOf(x.shape.at(-1)!.dim)
    const isKnown = typeof from === 'number' && typeof count === 'number'
    const isWhole = x.shape.slice(0, -1).every(({ dim }, i) => begin[i] === 0 && keyOf(dim) === keyOf(size[i]!))
    return {
      ...(isAll && { perChannel: ['x'] }),
      ...(isKnown && { takes: { of: 'x', channels: Array.from({ length: count }, (_, i) => from + i), whole: isWhole } }),
    }
  },
  shape: ({ x, begin, size }) => {
    const rank = x.shape.length
    if (rank === 0)
      return problem('shape/rank', { op: 'slice', parameter: 'x', wanted: 'a tensor with at least one axis', found: '[]' })
    const refused =
      wrongLength('slice', 'begin', begin, rank) ??
      wrongLength('slice', 'size', size, rank) ??
      notWhole('slice', 'begin', begin) ??
      notWhole('slice', 'size', size, 1)
    if (refused) return refused
    const result: ResultExtent[] = []
    for (const [i, input] of x.shape.entries()) {
      const cut = cutOut(input, begin[i]!, size[i]!, { ...axisOf(rank, i), at: i })
      if ('problem' in cut) return cut
      result.push(cut)
    }
    return result
  },
  targets: {
    tfjs: { run: ({ x, begin, size }) => sliceCall(x, begin, size) },
  },
})

function cutOut(input: Extent, begin: Dim, size: Dim, axis: Axis & { readonly at: number }): ResultExtent | Refused {
  if (begin === 0 && keyOf(size) === keyOf(input.dim)) return input
  const end = add(begin, size)
  const labels = [decided(input, axis)]
  const smaller = typeof size === 'number' && typeof input.dim === 'number' && size > input.dim
  const notes = smaller ? [`the map is smaller than the ${size} that are to be cut out of it`] : []
  const outside = (): Refused => {
    const facts = { op: 'slice', begin: printDim(begin), end: printDim(end), extent: printDim(input.dim), axis: axis.name }
    const { problem: found } = problem('shape/slice', facts, labels, notes)
    return { problem: { ...found, involves: [{ parameter: 'size', axis: axis.at }] } }
  }
  const refused =
    unlessAtLeast({ op: 'slice', axis: axis.name, a: input.dim, b: size, labels }, outside) ??
    unlessAtLeast({ op: 'slice', axis: `${axis.name} begin`, a: begin, b: 0, labels }, outside) ??
    unlessAtLeast({ op: 'slice', axis: axis.name, a: input.dim, b: end, labels }, outside)
  return refused ?? { dim: size, how: `${printDim(begin)} to ${printDim(end)} of ${printDim(input.dim)}`, from: [input] }
}
