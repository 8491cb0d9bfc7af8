import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { maxPool } from '../../src/compiler/primitives/max_pool.ts'
import { computes, mapOperand, random, refuses, rulesCall, shapeOf, typed } from './harness.ts'
import { pooled, windowStarts } from './pooled.ts'
import { samePads } from './same-pads.ts'

const s = suite('max_pool')

const largest = (values: readonly number[]): number => Math.max(...values)
const none = [[0, 0], [0, 0]] as const

s('takes the largest element of each window, for any stride, odd and even sizes, one sample and several', async () => {
  for (const [extents, size, stride, batch] of [
    [[8, 9], [2, 2], [2, 2], 3],
    [[7, 7], [3, 3], [2, 2], 1],
    [[6, 9], [1, 4], [3, 1], 'none'],
  ] as const) {
    await computes(maxPool, { x: random([...extents, 2], batch), size, stride }, pooled({ size, stride, pads: none }, largest), {
      gradient: true,
    })
  }
})

s('never lets padding win, even where every element is negative', async () => {
  const x = mapOperand(random([7, 8, 2]), (value) => -1 - Math.abs(value))
  for (const [padding, pads] of [
    ['same', samePads([7, 8], [3, 3], [2, 2])],
    [[[1, 1], [1, 1]], [[1, 1], [1, 1]]],
    [[[2, 0], [0, 1]], [[2, 0], [0, 1]]],
  ] as const) {
    const geometry = { size: [3, 3], stride: [2, 2], pads } as const
    await computes(maxPool, { x, size: [3, 3], stride: [2, 2], padding }, pooled(geometry, largest), { gradient: true })
  }
})

s('reaches beyond the padded map where `ceil` says so', async () => {
  for (const [extents, size, stride, pads, batch] of [
    [[6, 7], [3, 3], [2, 2], none, 2],
    [[5, 6], [2, 3], [3, 2], [[1, 1], [1, 1]], 'none'],
    [[2, 7], [3, 2], [2, 3], [[1, 1], [0, 0]], 1],
    [[4, 3], [1, 2], [3, 3], none, 2],
  ] as const) {
    const call = { x: random([...extents, 2], batch), size, stride, padding: pads, ceil: true }
    await computes(maxPool, call, pooled({ size, stride, pads, ceil: true }, largest))
  }
})

s('gives the size that trying each window gives', () => {
  const geometry = fc.record({
    n: fc.integer({ min: 1, max: 20 }),
    k: fc.integer({ min: 1, max: 6 }),
    stride: fc.integer({ min: 1, max: 6 }),
    before: fc.nat(5),
    after: fc.nat(5),
    ceil: fc.boolean(),
  })
  fc.assert(
    fc.property(geometry, ({ n, k, stride, before, after, ceil }) => {
      fc.pre(before < k && after < k)
      const rest = { size: [k, 1], stride: [stride, 1], padding: [[before, after], [0, 0]], ceil }
      const windows = windowStarts(n, k, stride, [before, after], ceil).length
      const fixed = { x: { type: typed([n, 1, 1]), samples: [] }, ...rest }
      if (windows === 0) refuses(maxPool, fixed, 'shape/window-too-large')
      else assert.is(shapeOf(maxPool, fixed)[0], windows)
      const symbolic = shapeOf(maxPool, { ...fixed, x: { type: typed([inputExtent('H'), 1, 1]), samples: [] } })
      assert.is(Math.max(0, evaluate(symbolic[0]!, { H: n })), windows)
    }),
    { numRuns: 2000 },
  )
})

s('runs on extents that are known only then', async () => {
  const extents = { H: 7, W: 6 }
  const x = random([7, 6, 2], 2, [inputExtent('H'), inputExtent('W'), 2])
  for (const [padding, pads, ceil] of [
    ['same', samePads([7, 6], [3, 2], [2, 2]), false],
    [[[1, 1], [0, 0]], [[1, 1], [0, 0]], true],
    ['valid', none, true],
  ] as const) {
    const call = { x, size: [3, 2], stride: [2, 2], padding, ceil }
    await computes(maxPool, call, pooled({ size: [3, 2], stride: [2, 2], pads, ceil }, largest), { extents })
  }
})

s('spells the arithmetic', () => {
  const how = (rest: object): string | undefined => {
    const result = maxPool.shape(rulesCall(maxPool, { x: random([6, 6, 2]), size: [3, 3], stride: [2, 2], ...rest }))
    if ('problem' in result) throw new Error(result.problem.code)
    return result[0]!.how
  }
  assert.is(how({}), 'floor((6 - 3) / 2) + 1 = 2')
  assert.is(how({ padding: [[1, 0], [1, 0]], ceil: true }), 'ceil((6 + 1 - 3) / 2) + 1 = 3')
  assert.is(how({ padding: 'same' }), 'ceil(6 / 2) = 3')
})

s('refuses what does not fit', () => {
  const x = random([4, 4, 2])
  refuses(maxPool, { x: random([4]), size: [2, 2], stride: [2, 2] }, 'shape/rank')
  refuses(maxPool, { x, size: [5, 2], stride: [1, 1] }, 'shape/window-too-large')
  refuses(maxPool, { x, size: [0, 2], stride: [1, 1] }, 'shape/argument-range')
  refuses(maxPool, { x, size: [2, 2], stride: [1, 0] }, 'shape/argument-range')
  refuses(maxPool, { x, size: [2, 2], stride: [1, 1], padding: [[0, 2], [0, 0]] }, 'shape/padding-too-large')
  refuses(maxPool, { x, size: [2, 2], stride: [1, 1], padding: [[0, 0], [2, 0]] }, 'shape/padding-too-large')
})

s.run()
