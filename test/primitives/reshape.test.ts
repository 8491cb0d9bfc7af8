import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { divide, multiply } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { reshape } from '../../src/compiler/primitives/reshape.ts'
import { computes, random, refuses, type Reference } from './harness.ts'

const s = suite('reshape')

const as =
  (shape: readonly number[]): Reference =>
  ({ x }) => ({ shape, data: x!.data })

s('keeps the elements in order and leaves the batch alone', async () => {
  for (const [from, to, batch] of [
    [[3, 4, 2], [24], 3],
    [[24], [2, 3, 4], 1],
    [[3, 4], [2, 1, 6], 'none'],
    [[], [1, 1, 1], 2],
    [[1], [], 2],
    [[1], [], 'none'],
  ] as const) {
    await computes(reshape, { x: random(from, batch), shape: to }, as(to), { gradient: true })
  }
})

s('proves products of symbolic extents', async () => {
  const H = inputExtent('H')
  await computes(reshape, { x: random([3, 4, 2], 2, [H, 4, 2]), shape: [multiply(H, 8)] }, as([24]), { extents: { H: 3 } })
})

s('refuses another number of elements', () => {
  const x = random([3, 4, 2])
  const wrong = refuses(reshape, { x, shape: [5, 5] }, 'shape/reshape')
  assert.equal(wrong.facts, { op: 'reshape', from: '[3, 4, 2]', a: '3 * 4 * 2 = 24', to: '[5, 5]', b: '5 * 5 = 25' })
  refuses(reshape, { x, shape: [-1, 24] }, 'shape/argument-range')
  refuses(reshape, { x, shape: [48, 0.5] }, 'shape/argument-range')
  const H = inputExtent('H')
  const symbolic = random([3, 4, 2], 2, [H, 4, 2])
  refuses(reshape, { x: symbolic, shape: [24] }, 'shape/not-provable')
  assert.is(
    printConditions(refuses(reshape, { x: symbolic, shape: [divide(H, 2)!, 16] }, 'shape/not-provable').missing ?? []),
    'H % 2 == 0',
  )
})

s.run()
