import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { concatenate } from '../../src/compiler/primitives/concatenate.ts'
import { computes, random, refuses, rulesCall, shapeOf, typed, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('concatenate')

const joined =
  (axis: number): Reference =>
  (_, { parts }) => {
    const first = parts![0]!.shape
    const sum = parts!.reduce((n, { shape }) => n + shape[axis]!, 0)
    return fill(first.map((extent, i) => (i === axis ? sum : extent)), (...index) => {
      let place = index[axis]!
      for (const part of parts!) {
        if (place < part.shape[axis]!) return at(part, ...index.map((i, a) => (a === axis ? place : i)))
        place -= part.shape[axis]!
      }
      throw new Error('beyond the last part')
    })
  }

s('puts the parts one after the other along any axis', async () => {
  for (const [shapes, axis, position, batch] of [
    [[[3, 4, 2], [3, 4, 5]], -1, 2, 3],
    [[[3, 4, 2], [3, 4, 5], [3, 4, 1]], 2, 2, 1],
    [[[1, 4, 2], [3, 4, 2]], 0, 0, 2],
    [[[3, 1, 2], [3, 4, 2]], -2, 1, 'none'],
    [[[5], [2]], 0, 0, 2],
    [[[3, 4, 2]], -1, 2, 2],
  ] as const) {
    await computes(concatenate, { parts: shapes.map((shape) => random(shape, batch)), axis }, joined(position), {
      gradient: true,
    })
  }
})

s('repeats parts without samples for each sample of the others', async () => {
  const parts = [random([3, 4, 2], 'none'), random([3, 4, 1], 3), random([3, 4, 3], 'none')]
  await computes(concatenate, { parts }, joined(2), { gradient: true })
  await computes(concatenate, { parts: [random([2], 'none'), random([3], 2)] }, joined(0), { gradient: true })
  await computes(concatenate, { parts: [random([2, 2, 1, 2], 2), random([2, 2, 1, 3], 'none')] }, joined(3))
})

s('runs on extents that are known only then', async () => {
  const [H, W] = [inputExtent('H'), inputExtent('W')]
  const parts = [random([3, 4, 2], 2, [H, W, 2]), random([3, 4, 1], 'none', [H, W, 1])]
  await computes(concatenate, { parts }, joined(2), { extents: { H: 3, W: 4 } })
})

s('adds extents up and hands the others on', () => {
  const parts = [random([3, 4, 64]), random([3, 4, 128])]
  const result = concatenate.shape(rulesCall(concatenate, { parts }))
  const [height, width] = parts[0]!.type.shape
  assert.equal(result, [height, width, { dim: 192, how: '64 + 128 = 192', from: parts.map(({ type }) => type.shape[2]) }])
  assert.equal(shapeOf(concatenate, { parts: [parts[0]] }), [3, 4, 64])
})

s('refuses parts that do not agree elsewhere', () => {
  const part = random([3, 4, 2])
  const wrong = refuses(concatenate, { parts: [part, random([3, 5, 2])] }, 'shape/size-mismatch')
  assert.is(wrong.facts.axis, 'width')
  refuses(concatenate, { parts: [part, random([3, 4, 3])], axis: 0 }, 'shape/channel-mismatch')
  refuses(concatenate, { parts: [part, random([4, 2])] }, 'shape/rank')
  refuses(concatenate, { parts: [part, part], axis: 3 }, 'shape/axis')
  refuses(concatenate, { parts: [part, { type: typed([inputExtent('H'), 4, 2]), samples: [] }] }, 'shape/not-provable')
})

s.run()
