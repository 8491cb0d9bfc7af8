import { padded } from './explicit-padding.ts'
import { argument, tf } from './expression.ts'
import { poolPads, poolSignature, poolWindows, pooledShape } from './pool-window.ts'
import { definePrimitive } from './primitive.ts'
import { hasBatch } from '../graph/graph.ts'

export const maxPool = definePrimitive({
  name: 'max_pool',
  doc: 'The largest value of each window of each channel; padding never wins (it counts as -Infinity).',
  example: 'y = max_pool(x, 3x3, 2x2, padding: same)',
  signature: poolSignature,
  facts: { homogeneous: [['x']], perChannel: ['x'], sign: ({ x }) => x },
  factsOf: (call) => ({ windows: poolWindows(call) }),
  shape: (call) => pooledShape('max_pool', call),
  tfjs: (call, { result }) => {
    const { x, size, stride, padding } = call
    if (padding === 'same') return tf('maxPool', argument('x'), size, stride, 'same')
    return tf('maxPool', padded(argument('x'), hasBatch(x), poolPads(call, result), -Infinity), size, stride, 'valid')
  },
})
