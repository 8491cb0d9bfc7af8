import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareModels } from '../../src/runtime/training/compare-models.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('two models that may compute the same')

const text = `model M {
  input x: [4]
  output y = x |> dense(4, activation: tanh) as a
  output z = x |> dense(4, activation: tanh) as b
}`

const compared = (from: string, to: string) => {
  assert.ok(text.includes(from), from)
  const { difference, weights } = compareModels(graphOf(text), graphOf(text.replaceAll(from, to)))
  return { difference, weights: weights.map((pair) => pair.map(({ path }) => path)) }
}

s('weights go together by their place, whatever they are called', () => {
  assert.equal(compared('as a', 'as c'), {
    difference: undefined,
    weights: [['a/kernel', 'c/kernel'], ['a/bias', 'c/bias'], ['b/kernel', 'b/kernel'], ['b/bias', 'b/bias']],
  })
})

s('the first difference is said, and no weights go together', () => {
  assert.equal(compared('as a', 'as a |> relu'), { difference: 'y/relu: relu instead of tanh', weights: [] })
  assert.is(compared('input x: [4]', 'input x: [5]').difference, 'x: shape [5] instead of [4]')
  assert.is(compared('  output z = x |> dense(4, activation: tanh) as b\n', '').difference, 'outputs: 1 instead of 2')
})

s('a layer that is used twice is not two layers of its kind', () => {
  const twice = 'model M {\n  input x: [4]\n  layer l = dense(_, 4, activation: tanh)\n  output y = l(x)\n  output z = l(x)\n}'
  assert.match(String(compareModels(graphOf(text), graphOf(twice)).difference), 'stands where')
})

s.run()
