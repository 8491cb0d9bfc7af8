import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { batchesOfEpoch } from '../../src/runtime/data/batches.ts'
import { shuffled } from '../../src/runtime/data/shuffled.ts'
import { splitSamples } from '../../src/runtime/data/split.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'

const s = suite('the order of samples')

const range = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i)

const ascending = (positions: readonly number[]): readonly number[] => positions.toSorted((a, b) => a - b)

s('a split has every sample once, as many for validation as the fraction says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 80 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.integer(),
      (labels, fraction, seed) => {
        const { training, validation } = splitSamples(labels.length, { fraction, seed, labels })
        assert.equal(ascending([...training, ...validation]), range(labels.length))
        assert.is(validation.length, Math.round(fraction * labels.length))
        assert.equal([training, validation], [ascending(training), ascending(validation)])
        for (const label of new Set(labels)) {
          const size = labels.filter((each) => each === label).length
          const held = validation.filter((position) => labels[position] === label).length
          assert.ok(Math.abs(held - fraction * size) < 1, `${held} of ${size} of class ${label}`)
        }
      },
    ),
  )
})

s('the same seed splits in the same way, another seed in another', () => {
  const split = (seed: number) => splitSamples(100, { fraction: 0.2, seed })
  assert.equal(split(1), split(1))
  assert.not.equal(split(1), split(2))
  assert.equal(splitSamples(8, { fraction: 0.25, seed: 0, labels: [0, 1, 0, 1, 0, 1, 0, 1] }).validation.length, 2)
})

s('the split of a class does not depend on the samples of others', () => {
  const held = (labels: readonly number[]) =>
    splitSamples(labels.length, { fraction: 0.5, seed: 7, labels }).validation.filter((position) => labels[position] === 1)
  assert.equal(held([1, 1, 1, 1, 0, 0]), held([1, 1, 1, 1, 2, 2, 2, 2]))
})

s('an epoch has every sample once, in full batches and a smaller last one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), fc.integer(), (size, batch, seed) => {
      const batches = batchesOfEpoch(range(size).map((i) => 3 * i), { seed, epoch: 2, batch })
      assert.equal(ascending(batches.flat()), range(size).map((i) => 3 * i))
      assert.ok(batches.slice(0, -1).every(({ length }) => length === batch))
      assert.is(batches.length, Math.ceil(size / batch))
    }),
  )
})

s('seed and epoch decide the order', () => {
  const order = (seed: number, epoch: number) => batchesOfEpoch(range(50), { seed, epoch, batch: 7 })
  assert.equal(order(3, 4), order(3, 4))
  assert.not.equal(order(3, 4), order(3, 5))
  assert.not.equal(order(3, 4), order(4, 4))
})

s('every order is equally likely', () => {
  const stream = randomStream(0, 'orders')
  const counts = new Map<string, number>()
  for (let n = 0; n < 6000; n++) {
    const order = shuffled('abc'.split(''), stream).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  assert.is(counts.size, 6)
  // five standard deviations of a binomial distribution with 6000 draws of 1/6
  for (const [order, count] of counts)
    assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)), `${order}: ${count}`)
})

s.run()
