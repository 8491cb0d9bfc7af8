import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { transpose } from '../../src/compiler/primitives/transpose.ts'
import { computes, random, refuses, rulesCall, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('transpose')

const permuted =
  (order: readonly number[]): Reference =>
  ({ x }) =>
    fill(order.map((axis) => x!.shape[axis]!), (...index) => at(x!, ...x!.shape.map((_, axis) => index[order.indexOf(axis)]!)))

s('puts the axes in another order and leaves the batch first', async () => {
  for (const [shape, order, batch] of [
    [[3, 4, 2], [1, 0, 2], 3],
    [[3, 4, 2], [2, 0, 1], 'none'],
    [[3, 4], [1, 0], 1],
    [[2, 3, 2, 4], [0, 2, 1, 3], 2],
    [[5], [0], 2],
  ] as const) {
    await computes(transpose, { x: random(shape, batch), order }, permuted(order), { gradient: true })
  }
})

s('hands on the extents', () => {
  const x = random([3, 4, 2])
  const [height, width, channels] = x.type.shape
  assert.equal(transpose.shape(rulesCall(transpose, { x, order: [2, 0, 1] })), [channels, height, width])
})

s('refuses an order that is no permutation', () => {
  const x = random([3, 4, 2])
  assert.is(refuses(transpose, { x, order: [0, 1] }, 'shape/permutation').facts.order, '[0, 1]')
  refuses(transpose, { x, order: [0, 1, 1] }, 'shape/permutation')
  refuses(transpose, { x, order: [0, 1, 3] }, 'shape/permutation')
})

s.run()
