import { add, subtract } from '../dim/expr.ts'
import { hasBatch } from '../graph/graph.ts'
import { keysOf } from './shape/pads.ts'
import { padded } from './tfjs/padded.ts'
import { argument, extent, tf } from './tfjs/expression.ts'
import { poolPads, poolSignature, poolWindows, pooledShape, writtenPads, type Pooling } from './shape/pool-window.ts'
import { axisPadding, withPadding } from './shape/window.ts'
import { definePrimitive, type Pads } from './primitive.ts'
import { summed } from './signs.ts'
import { spanned } from './ranges.ts'

const noPads: Pads = [
  [0, 0],
  [0, 0],
]

export const avgPool = definePrimitive({
  name: 'avg_pool',
  doc: `The mean of each window of each channel, over the elements of the map in it; with \`count_padding\` over the zeros of
the padding too (PyTorch's count_include_pad), yet never over what \`ceil\` reaches beyond the padding.`,
  result: '[⌊(H + top + bottom - size) / stride⌋ + 1, likewise, C]; with `ceil` rounded up',
  example: `input x: [32, 32, 16]
output y: [16, 16, 16] = avg_pool(x, 2x2, 2x2)`,
  signature: {
    ...poolSignature,
    count_padding: { kind: 'bool', default: false, doc: 'whether zeros of the padding count as elements' },
  },
  facts: { linear: [['x']], perChannel: ['x'], sign: ({ x }) => summed(x), range: ({ x }) => spanned(x, [0, 0]) },
  factsOf: (call) => ({ windows: withPadding(poolWindows(call), call.padding), ...(coversAll(call) && { averages: { of: 'x', axes: [0, 1] } }) }),
  shape: (call) => pooledShape('avg_pool', call),
  targets: {
    tfjs: {
      run: (call, { result }) => {
        const { x, size, stride } = call
        const pads = poolPads(call, result)
        const counted = call.count_padding ? writtenPads(call) : noPads
        const mean = tf('avgPool', padded(argument('x'), hasBatch(x), pads), size, stride, 'valid')
        if (keysOf(pads) === keysOf(counted)) return mean
        // tfjs' own `same` has a wrong gradient on cpu and wasm where windows are cut, so the share of counted elements is
        // divided out
        const extents = counted.map(([before, after], axis) => add(x.shape[axis]!.dim, add(before, after)))
        const ones = tf('ones', [...(hasBatch(x) ? [1] : []), ...extents.map(extent), 1])
        const beyond = pads.map(([before, after], axis) => {
          const [countedBefore, countedAfter] = counted[axis]!
          return [subtract(before, countedBefore), subtract(after, countedAfter)] as const
        })
        return tf('div', mean, tf('avgPool', padded(ones, hasBatch(x), [beyond[0]!, beyond[1]!]), size, stride, 'valid'))
      },
    },
  },
})

/** Whether its one window is the map. */
const coversAll = ({ x, size, stride, padding }: Pooling): boolean =>
  ([0, 1] as const).every((axis) => {
    const pads = axisPadding(padding, axis)
    const isUnpadded = pads === 'same' ? stride[axis] >= size[axis] : pads.every((pad) => pad === 0)
    return size[axis] === x.shape[axis]!.dim && isUnpadded
  })
