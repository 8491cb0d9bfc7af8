import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { namedInitializers, type Initializer } from '../../src/compiler/graph/initializer.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { initialize } from '../../src/runtime/weights/initialize.ts'
import { weightNode } from './weight-node.ts'

const s = suite('initial weights')

const valuesOf = (shape: readonly number[], init: Initializer, seed = 1, path = 'w'): Float32Array =>
  initialize(weightNode(path, shape, init), seed)

const named = (name: string): Initializer => {
  const found = namedInitializers.get(name)
  if (!found) throw new Error(`no initialiser ${name}`)
  return found
}

s('constants and lists are taken as they are', () => {
  assert.equal([...valuesOf([2, 2], named('zeros'))], [0, 0, 0, 0])
  assert.equal([...valuesOf([], named('ones'))], [1])
  assert.equal([...valuesOf([2, 2], { kind: 'values', values: [1, 2, 3, 4] })], [1, 2, 3, 4])
})

s('uniform stays within its bounds and fills them evenly', () => {
  const values = valuesOf([100, 100], { kind: 'uniform', min: -2, max: 5 })
  expectMoments(values, { mean: 1.5, variance: 49 / 12 })
  expectBound(values.map((value) => value - 1.5), 3.5)
})

s('normal has its mean and deviation', () => {
  expectMoments(valuesOf([100, 100], { kind: 'normal', mean: 3, deviation: 0.5 }), { mean: 3, variance: 0.25 })
})

s('truncated normal has no value beyond two deviations, and the variance that leaves', () => {
  const values = valuesOf([100, 100], { kind: 'truncated_normal', mean: 1, deviation: 0.1 })
  // Johnson, Kotz and Balakrishnan: 1 - 4 phi(2) / (2 Phi(2) - 1) = 0.7737413 of the variance remains
  expectMoments(values, { mean: 1, variance: 0.01 * 0.7737413 })
  expectBound(values.map((value) => value - 1), 0.2)
})

/** fan_in and fan_out as Keras counts them. */
const fans: readonly (readonly [shape: readonly number[], fanIn: number, fanOut: number])[] = [
  [[3, 3, 16, 32], 144, 288],
  [[5, 3, 4, 40], 60, 600],
  [[100, 50], 100, 50],
  [[1, 3, 3, 16, 32], 144, 288],
  [[4000], 4000, 4000],
]

for (const [shape, fanIn, fanOut] of fans) {
  const where = `of [${shape.join(', ')}]`

  s(`glorot and xavier ${where} have the variance 2 / (fan_in + fan_out)`, () => {
    const variance = 2 / (fanIn + fanOut)
    for (const name of ['glorot_uniform', 'xavier_uniform', 'glorot_normal', 'xavier_normal']) {
      expectMoments(valuesOf(shape, named(name)), { mean: 0, variance })
    }
    // Glorot and Bengio 2010, equation 16
    expectBound(valuesOf(shape, named('glorot_uniform')), Math.sqrt(6 / (fanIn + fanOut)))
  })

  s(`he and kaiming ${where} have the variance 2 / fan_in`, () => {
    for (const name of ['he_uniform', 'he_normal', 'kaiming_uniform', 'kaiming_normal']) {
      expectMoments(valuesOf(shape, named(name)), { mean: 0, variance: 2 / fanIn })
    }
    expectBound(valuesOf(shape, named('he_uniform')), Math.sqrt(6 / fanIn))
    expectMoments(valuesOf(shape, named('kaiming_normal_out')), { mean: 0, variance: 2 / fanOut })
  })

  s(`lecun ${where} has the variance 1 / fan_in, and PyTorch's default the bound 1 / sqrt(fan_in)`, () => {
    expectMoments(valuesOf(shape, named('lecun_uniform')), { mean: 0, variance: 1 / fanIn })
    expectMoments(valuesOf(shape, named('lecun_normal')), { mean: 0, variance: 1 / fanIn })
    expectBound(valuesOf(shape, named('torch_uniform')), 1 / Math.sqrt(fanIn))
  })
}

s('the truncated initialisers end at two deviations of the normal that is cut, the untruncated ones do not', () => {
  const shape = [3, 3, 64, 64]
  const limit = (2 * Math.sqrt(2 / 576)) / 0.87962566103423978
  expectBound(valuesOf(shape, named('he_normal')), limit)
  assert.ok(Math.max(...valuesOf(shape, named('kaiming_normal'))) > 1.2 * limit)
})

s('a scalar has the fans 1', () => {
  const draws = Float32Array.from({ length: 4000 }, (_, seed) => valuesOf([], named('lecun_normal'), seed)[0]!)
  expectMoments(draws, { mean: 0, variance: 1 })
})

for (const shape of [[3, 3, 8, 16], [2, 2, 4, 64], [50, 50], [7]]) {
  s(`orthogonal [${shape.join(', ')}] has an orthonormal shorter side, times the gain`, () => {
    const columns = shape.at(-1)!
    const values = valuesOf(shape, { kind: 'orthogonal', gain: 2 })
    const rows = values.length / columns
    const [count, length] = rows >= columns ? [columns, rows] : [rows, columns]
    const at = (i: number, k: number): number => (rows >= columns ? values[k * columns + i]! : values[i * columns + k]!)
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        let dot = 0
        for (let k = 0; k < length; k++) dot += at(i, k) * at(j, k)
        assert.ok(Math.abs(dot - (i === j ? 4 : 0)) < 1e-5, `${i} against ${j}: ${dot}`)
      }
    }
  })
}

s('orthogonal is uniform over all rotations: each entry of many has mean 0 and variance 1 / n', () => {
  const n = 4
  const entries = Array.from({ length: n * n }, () => [] as number[])
  for (let seed = 0; seed < 3000; seed++) {
    for (const [i, value] of valuesOf([n, n], { kind: 'orthogonal', gain: 1 }, seed).entries()) entries[i]!.push(value)
  }
  for (const entry of entries) expectMoments(Float32Array.from(entry), { mean: 0, variance: 1 / n })
})

s('the same seed gives the same bytes, another seed and another path others', () => {
  const init = named('he_normal')
  const first = valuesOf([3, 3, 4, 8], init, 42, 'stem/kernel')
  assert.equal(valuesOf([3, 3, 4, 8], init, 42, 'stem/kernel'), first)
  assert.not.equal(valuesOf([3, 3, 4, 8], init, 43, 'stem/kernel'), first)
  assert.not.equal(valuesOf([3, 3, 4, 8], init, 42, 'head/kernel'), first)
})

s('these bytes never change: training runs of earlier versions can be repeated', () => {
  const bytes = (name: string): readonly number[] => [...valuesOf([2, 2], named(name), 42, 'stem/kernel')]
  assert.equal(bytes('he_normal'), [0.4159933030605316, 1.025540828704834, -0.14018653333187103, -0.5594140887260437])
  assert.equal(bytes('glorot_uniform'), [0.3632541596889496, 0.8955239653587341, -0.2791595160961151, -1.113985538482666])
  assert.equal(bytes('orthogonal'), [0.37588632106781006, 0.9266657829284668, 0.9266657829284668, -0.37588632106781006])
})

s('a list of the wrong length and a symbolic extent are bugs of the compiler, and say so', () => {
  assert.throws(() => valuesOf([3], { kind: 'values', values: [1] }), /3 elements, not 1/)
  const weight = weightNode('w', [1])
  const symbolic = { ...weight, type: { ...weight.type, shape: [{ ...weight.type.shape[0]!, dim: inputExtent('H') }] } }
  assert.throws(() => initialize(symbolic, 1), /no value for the extent H/)
})

/** Within five standard errors; the one of a variance is at most that of a normal distribution. */
function expectMoments(values: Float32Array, { mean, variance }: { readonly mean: number; readonly variance: number }): void {
  const n = values.length
  const actualMean = values.reduce((sum, value) => sum + value, 0) / n
  const actualVariance = values.reduce((sum, value) => sum + (value - actualMean) ** 2, 0) / (n - 1)
  assert.ok(Math.abs(actualMean - mean) < 5 * Math.sqrt(variance / n), `mean ${actualMean} instead of ${mean}`)
  assert.ok(Math.abs(actualVariance / variance - 1) < 5 * Math.sqrt(2 / n), `variance ${actualVariance} instead of ${variance}`)
}

/** No value lies beyond ±limit, and the largest come within 2 % of it. */
function expectBound(values: Float32Array, limit: number): void {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  assert.ok(largest <= limit * (1 + 2 ** -23), `${largest} beyond ${limit}`)
  assert.ok(largest > 0.98 * limit, `${largest} stays far from ${limit}`)
}

s.run()
