import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { batchNorm } from '../../src/compiler/primitives/batch_norm.ts'
import { computes, mapOperand, random, refuses, rulesCall, type Reference } from './harness.ts'
import { fill } from './nd-array.ts'

const s = suite('batch_norm')

const normalised =
  (epsilon: number): Reference =>
  ({ x, scale, offset, mean, variance }) => {
    const channels = x!.shape.at(-1)!
    const out = fill(x!.shape, () => 0)
    for (const [i, value] of x!.data.entries()) {
      const c = i % channels
      const standard = (value - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon)
      out.data[i] = standard * (scale?.data[c] ?? 1) + (offset?.data[c] ?? 0)
    }
    return out
  }

const statistics = (channels: number) => ({
  mean: random([channels], 'none'),
  variance: mapOperand(random([channels], 'none'), (value) => value + 1.5),
})

s('scales and shifts each channel of maps, vectors and other ranks', async () => {
  for (const [shape, batch] of [
    [[3, 4, 2], 3],
    [[3, 4, 2], 'none'],
    [[5], 1],
    [[5], 'none'],
    [[4, 3], 2],
    [[2, 3, 2, 4], 2],
    [[2, 3, 2, 4], 'none'],
  ] as const) {
    const channels = shape.at(-1)!
    const call = {
      x: random(shape, batch),
      scale: random([channels], 'none'),
      offset: random([channels], 'none'),
      ...statistics(channels),
    }
    await computes(batchNorm, call, normalised(0.001), { gradient: true })
  }
})

s('does without scale or offset, and takes its epsilon', async () => {
  const x = random([3, 4, 2])
  await computes(batchNorm, { x, ...statistics(2), epsilon: 0.1 }, normalised(0.1))
  await computes(batchNorm, { x, ...statistics(2), scale: random([2], 'none') }, normalised(0.001))
  await computes(batchNorm, { x, ...statistics(2), offset: random([2], 'none') }, normalised(0.001))
})

s('hands on the shape of x', () => {
  const x = random([3, 4, 2])
  assert.is(batchNorm.shape(rulesCall(batchNorm, { x, ...statistics(2) })), x.type.shape)
})

s('refuses vectors of another length, and settings that mean nothing', () => {
  const x = random([3, 4, 2])
  refuses(batchNorm, { x, ...statistics(3) }, 'shape/channel-mismatch')
  refuses(batchNorm, { x, ...statistics(2), scale: random([3], 'none') }, 'shape/channel-mismatch')
  refuses(batchNorm, { x, ...statistics(2), offset: random([1, 2], 'none') }, 'shape/rank')
  refuses(batchNorm, { x: random([]), ...statistics(2) }, 'shape/rank')
  refuses(batchNorm, { x, ...statistics(2), epsilon: 0 }, 'shape/argument-range')
  refuses(batchNorm, { x, ...statistics(2), momentum: 1.5 }, 'shape/argument-range')
  refuses(batchNorm, { x: random([3, 4, 2], 2, [3, 4, inputExtent('C')]), ...statistics(2) }, 'shape/not-provable')
  for (const name of ['scale', 'offset', 'mean', 'variance']) {
    const wrong = refuses(batchNorm, { x, ...statistics(2), [name]: random([2]) }, 'shape/argument-range')
    assert.equal(wrong.blames, { parameter: name })
  }
})

s.run()
