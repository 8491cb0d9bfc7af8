import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { elementwiseAfterConcat } from '../../src/compiler/passes/elementwise-after-concat.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import { graphOf } from '../compile-text.ts'
import { alwaysTrainsAlike } from './always.ts'
import { opsOf } from './ops-of.ts'

const s = suite('elementwise-after-concat')

const text = (statements: string): Graph =>
  graphOf(`model M {
  input a: [4, 4, 2]
  input b: [4, 4, 3]
  param u: [2] = ones
  param v: [3] = ones
  param s: [] = ones
  param t: [] = ones
  ${statements}
}`)

const ops = (statements: string): readonly string[] => opsOf(optimize(text(statements), [elementwiseAfterConcat]))

s('computes values and gradients as before', () => alwaysTrainsAlike([elementwiseAfterConcat]))

s('what has one argument is computed once, of all parts', () =>
  assert.equal(ops('output y = fuse.concat(tanh(a), tanh(b), tanh(relu(a)))'), ['relu', 'concatenate', 'tanh']))

s('sums with a bias for each part become one sum, whichever side the bias is on', () => {
  assert.equal(ops('output y = fuse.concat(a + u, b + v)'), ['concatenate', 'concatenate', 'add'])
  assert.equal(ops('output y = fuse.concat(u - a, v - b)'), ['concatenate', 'concatenate', 'sub'])
})

s('what all parts are weighed by stays what it is', () => assert.equal(ops('output y = fuse.concat(s * a, s * b)'), ['concatenate', 'mul']))

s('ops on ops are brought out one after the other', () =>
  assert.equal(ops('output y = fuse.concat(tanh(a + u), tanh(b + v))'), ['concatenate', 'concatenate', 'add', 'tanh']))

s('other ops, other numbers for each part, a second reader and random numbers stay as they are', () => {
  for (const statements of [
    'output y = fuse.concat(tanh(a), sigmoid(b))',
    'output y = fuse.concat(s * a, t * b)',
    'c = tanh(a)\n  output z = c + 1\n  output y = fuse.concat(c, tanh(b))',
    'output c = tanh(a)\n  output y = fuse.concat(c, tanh(b))',
    'output y = fuse.concat(dropout(a, 0.5), dropout(b, 0.5))',
    'output y = fuse.concat(a + u, u + a)',
    'output y = concatenate(tanh(a), tanh(relu(a)), axis: 0)',
  ]) {
    const graph = text(statements)
    assert.is(optimize(graph, [elementwiseAfterConcat]), graph, statements)
  }
})

s('nothing is done for as many calls on more maps', () => {
  const graph = text('output y = fuse.concat(a * relu(a), b * relu(b))')
  assert.is(optimize(graph, [elementwiseAfterConcat]), graph)
  assert.equal(ops('output y = fuse.concat(a * relu(a), b * relu(b), a * tanh(a))').filter((op) => op === 'mul').length, 1)
})

s.run()
