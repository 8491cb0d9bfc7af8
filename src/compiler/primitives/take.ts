import { subtract } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { outOfRange } from './shape/argument-range.ts'
import { axisAt, axisOf, decided, type Axis } from './shape/axis.ts'
import { unlessAtLeast } from './shape/claim.ts'
import { argument, tf } from './tfjs/expression.ts'
import { blaming, definePrimitive, problem, type Refused } from './primitive.ts'
import { tensorAxes } from './tfjs/sample-axes.ts'
import { sliceCall } from './tfjs/slice-call.ts'

export const take = definePrimitive({
  name: 'take',
  doc: 'The elements at the indices along an axis, in the order of the list; an index may stand there more than once.',
  result: 'the shape of x, along the axis as long as the list',
  example: `input x: [32, 32, 16]
output y: [32, 32, 3] = take(x, [0, 2, 4])`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar' },
    indices: { kind: 'ints', doc: 'positions from 0' },
    axis: { kind: 'int', means: 'axis', default: -1, doc: 'the axis they count along' },
  },
  facts: { linear: [['x']], sign: ({ x }) => x, range: ({ x }) => x },
  factsOf: ({ x, indices, axis }) => ({
    ...(axis === -1 || axis === x.shape.length - 1 ? { takes: { of: 'x', channels: indices, whole: true } } : { perChannel: ['x'] }),
    moves: { repeats: new Set(indices).size < indices.length },
  }),
  shape: ({ x, indices, axis }) => {
    const at = axisAt('take', 'axis', axis, x.shape)
    if (typeof at !== 'number') return at
    const refused =
      outOfRange('take', 'indices', 'a list of at least one index', '[]', indices.length > 0) ??
      outside(x.shape[at]!, indices, axisOf(x.shape.length, at))
    if (refused) return refused
    const taken = { dim: indices.length, how: `${indices.length} of ${printDim(x.shape[at]!.dim)}`, from: [x.shape[at]!] }
    return x.shape.map((extent, i) => (i === at ? taken : extent))
  },
  targets: {
    tfjs: {
      run: ({ x, indices, axis }) => {
        const at = axis < 0 ? axis + x.shape.length : axis
        const first = indices[0]!
        if (indices.some((index, i) => index !== first + i)) return tf('gather', argument('x'), indices, tensorAxes(x, [at])[0])
        // a run is a slice: no look-ups, and a gradient on every backend
        const dims = x.shape.map(({ dim }) => dim)
        return sliceCall(x, dims.map((_, i) => (i === at ? first : 0)), dims.map((dim, i) => (i === at ? indices.length : dim)))
      },
      // a table of lists reads as one thing, whether one of them is a run or not
      module: ({ x, indices, axis }) =>
        indices.length > 1 && indices.length <= 8 ? tf('gather', argument('x'), indices, tensorAxes(x, [axis < 0 ? axis + x.shape.length : axis])[0]) : undefined,
    },
  },
})

function outside(extent: Extent, indices: readonly number[], axis: Axis): Refused | undefined {
  const labels = [decided(extent, axis)]
  const refuse = (index: number): Refused => {
    const [count, last] = [printDim(extent.dim), printDim(subtract(extent.dim, 1))]
    const facts = { op: 'take', index: String(index), axis: axis.elements ?? axis.name, count, last }
    return blaming({ parameter: 'indices', number: index }, problem('shape/index', facts, labels))
  }
  const strange = indices.find((index) => !Number.isInteger(index) || index < 0)
  if (strange !== undefined) return refuse(strange)
  const most = Math.max(...indices)
  return unlessAtLeast({ op: 'take', axis: axis.name, a: extent.dim, b: most + 1, labels }, () => refuse(most))
}
