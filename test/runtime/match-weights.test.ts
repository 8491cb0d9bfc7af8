import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matchWeights, matchWeightsByName } from '../../src/runtime/weights/match-weights.ts'
import type { NamedShape } from '../../src/runtime/weights/named-shape.ts'

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

/** The pairs that are not of one name. */
const moved = (from: readonly NamedShape[], to: readonly NamedShape[], match = matchWeights): Readonly<Record<string, string>> =>
  Object.fromEntries(match(from, to).pairs.flatMap((pair) => (pair.from === pair.to ? [] : [[pair.to, pair.from]])))

const conv = (name: string, inputs: number): readonly NamedShape[] => [
  weight(`${name}/kernel`, [3, 3, inputs, 8], 'kernel'),
  weight(`${name}/bias`, [8], 'bias'),
]

const normed = (name: string, inputs: number): readonly NamedShape[] => [weight(`${name}/conv/kernel`, [3, 3, inputs, 8]), weight(`${name}/norm/scale`, [8])]

for (const [how, match] of [['a text', matchWeights], ['a file', matchWeightsByName]] as const) {
  s(`of ${how}: two layers that changed names take all that they have with them`, () => {
    const exchanged = { 'b/kernel': 'a/kernel', 'b/bias': 'a/bias', 'a/kernel': 'b/kernel', 'a/bias': 'b/bias' }
    assert.equal(moved([...conv('a', 3), ...conv('b', 8)], [...conv('b', 3), ...conv('a', 8)], match), exchanged)
  })

  s(`of ${how}: three that changed names in a circle do too`, () => {
    const from = [...conv('a', 3), ...conv('b', 8), ...conv('c', 5)]
    const to = [...conv('c', 3), ...conv('a', 8), ...conv('b', 5)]
    const wanted = Object.fromEntries([['c', 'a'], ['a', 'b'], ['b', 'c']].flatMap(([t, f]) => [[`${t}/kernel`, `${f}/kernel`], [`${t}/bias`, `${f}/bias`]]))
    assert.equal(moved(from, to, match), wanted)
  })

  s(`of ${how}: a name that passed to another layer passes with all, and what had it is left over`, () => {
    const [from, to] = [[...conv('a', 3), ...conv('b', 8)], conv('b', 3)]
    assert.equal(moved(from, to, match), { 'b/kernel': 'a/kernel', 'b/bias': 'a/bias' })
    assert.equal(match(from, to).unexpected.map(({ name }) => name), ['b/kernel', 'b/bias'])
  })

  s(`of ${how}: scopes around layers that changed names take along what is in them`, () => {
    const wanted = { 'b/conv/kernel': 'a/conv/kernel', 'b/norm/scale': 'a/norm/scale', 'a/conv/kernel': 'b/conv/kernel', 'a/norm/scale': 'b/norm/scale' }
    assert.equal(moved([...normed('a', 3), ...normed('b', 8)], [...normed('b', 3), ...normed('a', 8)], match), wanted)
  })

  s(`of ${how}: a bias moves with its kernel where only the bias tells the layers apart`, () => {
    const kernels = ['a', 'b'].map((name) => weight(`${name}/kernel`, [8, 8], 'kernel'))
    const [from, to] = [[...kernels, weight('a/bias', [8], 'bias')], [...kernels, weight('b/bias', [8], 'bias')]]
    assert.equal(moved(from, to, match), { 'b/kernel': 'a/kernel', 'a/kernel': 'b/kernel', 'b/bias': 'a/bias' })
  })

  s(`of ${how}: a layer whose kernel alone is another keeps its bias, and branches that stand in another order theirs`, () => {
    const from = [...conv('stem', 3), ...conv('left', 8), ...conv('right', 8)]
    const matching = match(from, [...conv('stem', 1), ...conv('right', 8), ...conv('left', 8)])
    assert.equal(matching.pairs.filter((pair) => pair.from !== pair.to), [])
    assert.equal([matching.pairs.length, matching.missing.length, matching.unexpected.length], [5, 1, 1])
  })

  s(`of ${how}: elements of a list keep their order where one before them has gone or come`, () => {
    const list = (...inputs: readonly number[]): readonly NamedShape[] => inputs.flatMap((each, i) => conv(`s/${i}`, each))
    const shifted = { 's/0/kernel': 's/1/kernel', 's/0/bias': 's/1/bias', 's/1/kernel': 's/2/kernel', 's/1/bias': 's/2/bias', 's/2/kernel': 's/3/kernel', 's/2/bias': 's/3/bias' }
    assert.equal(moved(list(3, 5, 8, 8), list(5, 8, 8), match), shifted)
    assert.equal(moved(list(5, 8, 8), list(3, 5, 8, 8), match), Object.fromEntries(Object.entries(shifted).map(([t, f]) => [f, t])))
    assert.equal(moved(list(8, 8, 8), list(8, 8), match), {})
  })
}

s('a layer that is taken out of a scope leaves the others of that scope where they are', () => {
  const [from, to] = [[...normed('a', 3), ...normed('b', 8).slice(1)], [...normed('a', 3).slice(1), ...normed('b', 3)]]
  assert.equal(moved(from, to), { 'b/conv/kernel': 'a/conv/kernel' })
})

s.run()
