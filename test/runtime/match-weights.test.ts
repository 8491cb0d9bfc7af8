import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matchWeights, matchWeightsByName, type NamedShape } from '../../src/runtime/weights/match-weights.ts'

const s = suite('weights of two versions of a network')

const weight = (name: string, shape: readonly number[], kind?: string): NamedShape => ({ name, shape, ...(kind && { kind }) })

s('of equal name and shape are the same, wherever they stand', () => {
  const list = [weight('a/kernel', [3, 3]), weight('b/kernel', [3, 3])]
  assert.equal(matchWeights(list, list.toReversed()), {
    pairs: [
      { from: 'b/kernel', to: 'b/kernel', how: 'same' },
      { from: 'a/kernel', to: 'a/kernel', how: 'same' },
    ],
    missing: [],
    unexpected: [],
  })
})

s('that were renamed are found in their order, with what came and what went between them', () => {
  const from = [weight('c/conv/kernel', [3, 8]), weight('c/conv/bias', [8]), weight('old/kernel', [8, 8]), weight('d/kernel', [8, 2])]
  const to = [weight('stem/kernel', [3, 8]), weight('stem/bias', [8]), weight('new/scale', [5]), weight('head/kernel', [8, 2])]
  assert.equal(matchWeights(from, to), {
    pairs: [
      { from: 'c/conv/kernel', to: 'stem/kernel', how: 'order' },
      { from: 'c/conv/bias', to: 'stem/bias', how: 'order' },
      { from: 'd/kernel', to: 'head/kernel', how: 'order' },
    ],
    missing: [weight('new/scale', [5])],
    unexpected: [weight('old/kernel', [8, 8])],
  })
})

s('of one shape go to their kind', () => {
  const from = [weight('n/mean', [8], 'mean'), weight('n/scale', [8], 'scale')]
  assert.equal(matchWeights(from, [weight('m/scale', [8], 'scale')]).pairs, [{ from: 'n/scale', to: 'm/scale', how: 'order' }])
})

s('of another shape are no pair, whatever they are called', () => {
  const { pairs, missing, unexpected } = matchWeights([weight('a', [3])], [weight('a', [4])])
  assert.equal([pairs.length, missing.length, unexpected.length], [0, 1, 1])
})

s('are all found after any renaming, each once', () => {
  const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), { maxLength: 12 })
  fc.assert(
    fc.property(shapes, (list) => {
      const from = list.map((shape, i) => weight(`old/${i}`, shape))
      const to = list.map((shape, i) => weight(`new/${i}`, shape))
      const { pairs, missing, unexpected } = matchWeights(from, to)
      assert.equal(pairs.map((pair) => [pair.from, pair.to]), list.map((_, i) => [`old/${i}`, `new/${i}`]))
      assert.equal([missing, unexpected], [[], []])
    }),
  )
})

s('that are no pair are listed, and nothing is in two pairs', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 10 })
  fc.assert(
    fc.property(shapes, shapes, (left, right) => {
      const from = left.map((extent, i) => weight(`a${i}`, [extent]))
      const to = right.map((extent, i) => weight(`b${i}`, [extent]))
      const { pairs, missing, unexpected } = matchWeights(from, to)
      assert.equal([...pairs.map((pair) => pair.from), ...unexpected.map(({ name }) => name)].sort(), from.map(({ name }) => name).sort())
      assert.equal([...pairs.map((pair) => pair.to), ...missing.map(({ name }) => name)].sort(), to.map(({ name }) => name).sort())
      for (const pair of pairs) assert.equal(from.find(({ name }) => name === pair.from)!.shape, to.find(({ name }) => name === pair.to)!.shape)
    }),
  )
})

s('of a file are found by what their names have in common, in whatever order they stand', () => {
  const from = [weight('b/0/conv/kernel', [3, 8]), weight('b/1/conv/kernel', [3, 8]), weight('head/bias', [8]), weight('stem/bias', [8])]
  const to = [weight('body/1/conv/kernel', [3, 8]), weight('stem/bias', [8]), weight('body/0/conv/kernel', [3, 8]), weight('top/bias', [8])]
  assert.equal(matchWeightsByName(from, to), {
    pairs: [
      { from: 'b/1/conv/kernel', to: 'body/1/conv/kernel', how: 'name' },
      { from: 'stem/bias', to: 'stem/bias', how: 'same' },
      { from: 'b/0/conv/kernel', to: 'body/0/conv/kernel', how: 'name' },
      { from: 'head/bias', to: 'top/bias', how: 'name' },
    ],
    missing: [],
    unexpected: [],
  })
})

s('of a file with nothing in common but their shape are no pair where there are several, nor those of another kind', () => {
  const biases = (...names: readonly string[]): NamedShape[] => names.map((name) => weight(`${name}/bias`, [8]))
  assert.is(matchWeightsByName(biases('a', 'b'), biases('c', 'd')).pairs.length, 0)
  assert.is(matchWeightsByName([weight('a/mean', [8])], [weight('b/scale', [8])]).pairs.length, 0)
})

s('of a file are all found when one part of their names has changed', () => {
  const names = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('kernel', 'bias')), { maxLength: 12, selector: String })
  fc.assert(
    fc.property(names, (list) => {
      const from = list.map(([turn, kind]) => weight(`old/${turn}/conv/${kind}`, [3])).sort((a, b) => (a.name < b.name ? 1 : -1))
      const to = list.map(([turn, kind]) => weight(`new/${turn}/conv/${kind}`, [3]))
      const { pairs, missing, unexpected } = matchWeightsByName(from, to)
      assert.equal(pairs.map((pair) => pair.from.replace('old', 'new')), pairs.map((pair) => pair.to))
      assert.equal([pairs.length, missing, unexpected], [list.length, [], []])
    }),
  )
})

s.run()
