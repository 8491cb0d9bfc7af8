import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { logarithm } from '../../src/codegen/tfjs/runtime/logarithm.ts'
import { fnv1a64, randomStream, splitMix64, xoshiro128 } from '../../src/codegen/tfjs/runtime/random.ts'

const s = suite('random streams')

s('the generator is xoshiro128**: the words of its C program', () => {
  const next = xoshiro128([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0])
  assert.equal([next(), next(), next(), next()], [0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70])
})

s('seeds are spread by SplitMix64, names by FNV-1a: published values', () => {
  const next = splitMix64(1234567n)
  assert.equal([next(), next(), next()], [6457827717110365317n, 3203168211198807973n, 9817491932198370423n])
  assert.is(fnv1a64(''), 0xcbf29ce484222325n)
  assert.is(fnv1a64('foobar'), 0x85944171f73967e8n)
})

s('the same seed and name give the same numbers, in every version of fmw', () => {
  const { uniform, normal } = randomStream(7, 'stem/conv/kernel')
  const recorded = [0.8784857631035135, -0.10566881605484489, 0.08689688652475204, 0.9023960446360131]
  assert.equal([uniform(), normal(), normal(), uniform()], recorded)
})

s('another seed and another name give other numbers', () => {
  const first = randomStream(1, 'a').uniform()
  assert.is.not(randomStream(2, 'a').uniform(), first)
  assert.is.not(randomStream(1, 'b').uniform(), first)
  assert.is.not(randomStream(11, '/a').uniform(), randomStream(1, '1/a').uniform())
})

s('uniform numbers lie in [0, 1) with mean 1/2, variance 1/12 and no correlation from one to the next', () => {
  const { uniform } = randomStream(3, 'uniform')
  const values = Array.from({ length: 100_000 }, uniform)
  assert.ok(values.every((value) => value >= 0 && value < 1))
  const { mean, variance } = moments(values)
  // five standard errors
  assert.ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(1 / 12 / values.length), `mean ${mean}`)
  assert.ok(Math.abs(variance - 1 / 12) < 5 * Math.sqrt(1 / 180 / values.length), `variance ${variance}`)
  const products = values.slice(1).map((value, i) => (value - 0.5) * (values[i]! - 0.5))
  assert.ok(Math.abs(moments(products).mean) < (5 / 12) / Math.sqrt(values.length))
})

s('normal numbers have the first four moments of the normal distribution and its quantiles', () => {
  const { normal } = randomStream(3, 'normal')
  const values = Array.from({ length: 200_000 }, normal)
  const n = values.length
  const power = (k: number): number => values.reduce((sum, value) => sum + value ** k, 0) / n
  // five standard errors of each moment: var(x^k) = E x^2k - (E x^k)^2
  assert.ok(Math.abs(power(1)) < 5 * Math.sqrt(1 / n))
  assert.ok(Math.abs(power(2) - 1) < 5 * Math.sqrt(2 / n))
  assert.ok(Math.abs(power(3)) < 5 * Math.sqrt(15 / n))
  assert.ok(Math.abs(power(4) - 3) < 5 * Math.sqrt(96 / n))
  for (const [quantile, share] of [[1, 0.841345], [2, 0.97725], [-1, 0.158655], [3, 0.99865]] as const) {
    const below = values.filter((value) => value < quantile).length / n
    assert.ok(Math.abs(below - share) < 5 * Math.sqrt((share * (1 - share)) / n), `${quantile}: ${below}`)
  }
})

s('the logarithm agrees with the engine\'s to 2 units in the last place', () => {
  const { uniform } = randomStream(5, 'logarithm')
  for (const x of [1, 0.5, 2, Math.E, 1e-30, 1e30, ...Array.from({ length: 20_000 }, () => uniform() ** 4 + 2 ** -60)]) {
    assert.ok(Math.abs(logarithm(x) - Math.log(x)) <= 4 * 2 ** -53 * Math.abs(Math.log(x)), `ln ${x}`)
  }
})

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
}

s.run()
