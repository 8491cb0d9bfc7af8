import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { add } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { slice } from '../../src/compiler/primitives/slice.ts'
import { computes, random, refuses, rulesCall, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('slice')

const cut =
  (begin: readonly number[], size: readonly number[]): Reference =>
  ({ x }) =>
    fill(size, (...index) => at(x!, ...index.map((place, axis) => place + begin[axis]!)))

s('takes the box', async () => {
  for (const [shape, begin, size, batch] of [
    [[5, 6, 4], [1, 0, 2], [3, 6, 2], 3],
    [[5, 6, 4], [0, 0, 0], [5, 6, 4], 'none'],
    [[7], [3], [1], 1],
    [[2, 3, 2, 4], [0, 1, 1, 0], [2, 2, 1, 3], 2],
    [[2, 3, 1, 2, 1, 2], [1, 1, 0, 0, 0, 1], [1, 2, 1, 2, 1, 1], 2],
    [[2, 3, 1, 2, 1, 2, 2], [1, 1, 0, 0, 0, 1, 0], [1, 2, 1, 2, 1, 1, 1], 2],
    [[2, 3, 1, 2, 1, 2, 1, 2, 2], [0, 1, 0, 0, 0, 1, 0, 0, 0], [2, 2, 1, 2, 1, 1, 1, 2, 1], 'none'],
  ] as const) {
    await computes(slice, { x: random(shape, batch), begin, size }, cut(begin, size), { gradient: true })
  }
})

s('cuts extents that are known only at run time', async () => {
  const H = inputExtent('H', { modulus: 1, remainder: 0, min: 3, max: Infinity })
  const call = { x: random([6, 4, 2], 2, [H, 4, 2]), begin: [1, 0, 0], size: [add(H, -2), 4, 2] }
  await computes(slice, call, cut([1, 0, 0], [4, 4, 2]), { extents: { H: 6 } })
})

s('hands on the axes it leaves whole', () => {
  const x = random([5, 6, 4])
  const result = slice.shape(rulesCall(slice, { x, begin: [1, 0, 0], size: [3, 6, 4] }))
  assert.equal(result, [{ dim: 3, how: '1 to 4 of 5', from: [x.type.shape[0]] }, x.type.shape[1], x.type.shape[2]])
})

s('refuses what is not inside', () => {
  const x = random([5, 6, 4])
  const wrong = refuses(slice, { x, begin: [0, 0, 3], size: [5, 6, 2] }, 'shape/slice')
  assert.equal(wrong.facts, { op: 'slice', begin: '3', end: '5', extent: '4', axis: 'channels' })
  refuses(slice, { x, begin: [0, 0, -1], size: [5, 6, 2] }, 'shape/slice')
  refuses(slice, { x, begin: [0, 0, 0], size: [5, 6, 0] }, 'shape/argument-range')
  refuses(slice, { x, begin: [0, 0, 0.5], size: [5, 6, 1] }, 'shape/argument-range')
  refuses(slice, { x, begin: [0, 0], size: [5, 6, 1] }, 'shape/argument-range')
  refuses(slice, { x, begin: [0, 0, 0], size: [5, 6] }, 'shape/argument-range')
  const H = inputExtent('H')
  const symbolic = random([5, 6, 4], 2, [H, 6, 4])
  assert.is(
    printConditions(refuses(slice, { x: symbolic, begin: [0, 0, 0], size: [2, 6, 4] }, 'shape/not-provable').missing ?? []),
    'H >= 2',
  )
  refuses(slice, { x, begin: [add(H, -1), 0, 0], size: [1, 6, 4] }, 'shape/not-provable')
})

s.run()
