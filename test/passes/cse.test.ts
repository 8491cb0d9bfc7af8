import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { freezeWeights } from '../../src/compiler/ir/freeze-weights.ts'
import { cse } from '../../src/compiler/passes/cse.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import { graphOf } from '../compile-text.ts'
import { alwaysTrainsAlike } from './always.ts'
import { opsOf } from './ops-of.ts'

const s = suite('cse')

const once = (statements: string): Graph => optimize(graphOf(`model M {\n  input x: [4, 4, 3]\n  ${statements}\n}`), [cse])

s('computes values and gradients as before', () => alwaysTrainsAlike([cse]))

s('what is computed alike is computed once, also from constants that are equal', () => {
  assert.equal(opsOf(once('output y = relu(2 * x) + relu(2 * x)')), ['mul', 'relu', 'add'])
  assert.equal(opsOf(once('output y = pool.max(x, 2) * pool.max(x, 2)')), ['max_pool', 'mul'])
})

s('other attributes, other arguments in another order, and other constants are something else', () => {
  assert.equal(opsOf(once('output y = pool.max(x, 2) + slice(pool.max(x, 2, stride: 1), [0, 0, 0], [2, 2, 3])')).length, 4)
  assert.equal(opsOf(once('output y = (x - relu(x)) + (relu(x) - x)')), ['relu', 'sub', 'sub', 'add'])
  assert.equal(opsOf(once('output y = x / 2 + x / 3')), ['div', 'div', 'add'])
})

s('weights are never one, however equal they begin', () =>
  assert.equal(opsOf(once('output y = conv(x, 2, 1x1) + conv(x, 2, 1x1)')).filter((op) => op === 'conv2d').length, 2))

s('random numbers are drawn for each call, and a state is written by each', () => {
  assert.equal(opsOf(once('output y = dropout(x, 0.5) + dropout(x, 0.5)')), ['dropout', 'dropout', 'add'])
  const twice = 'layer n = norm.batch\n  output y = n(x) + n(x)'
  assert.equal(opsOf(once(twice)), ['batch_norm', 'batch_norm', 'add'])
  const { graph } = freezeWeights(graphOf(`model M {\n  input x: [4, 4, 3]\n  ${twice}\n}`), ['n/**'])
  assert.equal(opsOf(optimize(graph, [cse])), ['batch_norm', 'add'])
})

s.run()
