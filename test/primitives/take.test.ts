import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { take } from '../../src/compiler/primitives/take.ts'
import { computes, random, refuses, rulesCall, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('take')

const taken =
  (indices: readonly number[], axis: number): Reference =>
  ({ x }) =>
    fill(x!.shape.map((extent, i) => (i === axis ? indices.length : extent)), (...index) =>
      at(x!, ...index.map((place, i) => (i === axis ? indices[place]! : place))),
    )

s('takes the elements at the indices along any axis, in order, also more than once', async () => {
  for (const [shape, indices, axis, position, batch] of [
    [[3, 4, 6], [0, 2, 4], -1, 2, 3],
    [[3, 4, 6], [5, 1, 1, 0], 2, 2, 'none'],
    [[3, 4, 6], [2, 0], 0, 0, 1],
    [[3, 4, 6], [1, 2, 3], -2, 1, 2],
    [[5], [4], 0, 0, 2],
    [[5], [1, 2, 3], 0, 0, 'none'],
  ] as const) {
    await computes(take, { x: random(shape, batch), indices, axis }, taken(indices, position), { gradient: true })
  }
})

s('runs where the axis is known only then', async () => {
  const x = random([4, 3, 2], 2, [inputExtent('H', { modulus: 4, remainder: 0, min: 4, max: Infinity }), 3, 2])
  await computes(take, { x, indices: [3, 1], axis: 0 }, taken([3, 1], 0), { extents: { H: 4 } })
})

s('hands on the other extents and says how many it takes', () => {
  const x = random([3, 4, 32])
  assert.equal(take.shape(rulesCall(take, { x, indices: [0, 2] })), [
    x.type.shape[0],
    x.type.shape[1],
    { dim: 2, how: '2 of 32', from: [x.type.shape[2]] },
  ])
})

s('refuses indices that are not there', () => {
  const x = random([3, 4, 6])
  const wrong = refuses(take, { x, indices: [0, 6] }, 'shape/index')
  assert.equal(wrong.facts, { op: 'take', index: '6', axis: 'channels', count: '6', last: '5' })
  assert.is(wrong.labels[0]!.extent, x.type.shape[2])
  refuses(take, { x, indices: [0, -1] }, 'shape/index')
  refuses(take, { x, indices: [0.5] }, 'shape/index')
  refuses(take, { x, indices: [] }, 'shape/argument-range')
  refuses(take, { x, indices: [0], axis: 3 }, 'shape/axis')
  const unsure = refuses(take, { x: random([3, 4, 6], 2, [inputExtent('H'), 4, 6]), indices: [2], axis: 0 }, 'shape/not-provable')
  assert.is(printConditions(unsure.missing ?? []), 'H >= 3')
})

s.run()
