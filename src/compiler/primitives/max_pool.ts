import { padded } from './tfjs/padded.ts'
import { argument, tf } from './tfjs/expression.ts'
import { keysOf, noPads, padsOf } from './shape/pads.ts'
import { poolPads, poolSignature, poolWindows, pooledShape } from './shape/pool-window.ts'
import { definePrimitive } from './primitive.ts'
import { withPadding } from './shape/window.ts'
import { hasBatch } from '../graph/graph.ts'

export const maxPool = definePrimitive({
  name: 'max_pool',
  doc: 'The largest value of each window of each channel; padding never wins (it counts as -Infinity).',
  result: '[⌊(H + top + bottom - size) / stride⌋ + 1, likewise, C]; with `ceil` rounded up',
  example: `input x: [32, 32, 16]
output y: [16, 16, 16] = max_pool(x, 3x3, 2x2, padding: same)`,
  signature: poolSignature,
  facts: { homogeneous: [['x']], perChannel: ['x'], sign: ({ x }) => x, range: ({ x }) => x },
  factsOf: (call) => ({ windows: withPadding(poolWindows(call), call.padding) }),
  shape: (call) => pooledShape('max_pool', call),
  targets: {
    tfjs: {
      run: (call, { result }) => {
        const { x, size, stride } = call
        const pads = poolPads(call, result)
        // what tfjs pads itself costs no copy
        if (!noPads(pads) && keysOf(pads) === keysOf(padsOf(x, 'same', poolWindows(call))))
          return tf('maxPool', argument('x'), size, stride, 'same')
        return tf('maxPool', padded(argument('x'), hasBatch(x), pads, -Infinity), size, stride, 'valid')
      },
    },
  },
})
