import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dropout } from '../../src/compiler/primitives/dropout.ts'
import { computes, random, refuses, rulesCall } from './harness.ts'

const s = suite('dropout')

s('is x itself outside of training', async () => {
  const x = random([3, 4, 2])
  await computes(dropout, { x, rate: 0.5 }, ({ x: sample }) => sample!)
  assert.is(dropout.shape(rulesCall(dropout, { x, rate: 0 })), x.type.shape)
})

s('refuses a rate that leaves nothing', () => {
  refuses(dropout, { x: random([3]), rate: 1 }, 'shape/argument-range')
  refuses(dropout, { x: random([3]), rate: -0.1 }, 'shape/argument-range')
})

s.run()
