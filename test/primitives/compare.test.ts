import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../src/compiler/primitives/compare.ts'
import { computes, mapOperand, random, refuses, rulesCall } from './harness.ts'

const s = suite('compare')

const comparisons = {
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
  less: (a, b) => a < b,
  less_equal: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greater_equal: (a, b) => a >= b,
} as const satisfies Readonly<Record<string, (a: number, b: number) => boolean>>

for (const [how, holds] of Object.entries(comparisons)) {
  s(`${how} is 1 where it holds and 0 elsewhere`, async () => {
    const steps = (batch: number | 'none') => mapOperand(random([3, 4, 2], batch), (value) => Math.round(2 * value))
    for (const batch of [3, 'none'] as const)
      await computes(compare, { a: steps(2), b: steps(batch === 3 ? 2 : batch), how }, ({ a, b }) => ({
        shape: a!.shape,
        data: a!.data.map((value, i) => (holds(value, b!.data[i]!) ? 1 : 0)),
      }))
  })
}

s('stretches as the other elementwise operations do', async () => {
  refuses(compare, { a: random([3, 4, 2]), b: random([3]), how: 'less' }, 'shape/channel-mismatch')
  await computes(compare, { a: random([3, 4, 2]), b: random([2]), how: 'less' }, ({ a, b }) => ({
    shape: a!.shape,
    data: a!.data.map((value, i) => (value < b!.data[i % 2]! ? 1 : 0)),
  }))
})

s('says that no gradient passes', () => {
  assert.match(compare.gradientLimit!(rulesCall(compare, { a: random([2]), b: random([2]), how: 'less' }))!, /no gradient/)
})

s.run()
