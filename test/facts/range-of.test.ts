import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rangeOf } from '../../src/compiler/facts/range-of.ts'
import { operands } from '../../src/compiler/graph/graph.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { anyGraph } from '../random-graph.ts'
import { valuesOf } from './values-of.ts'

const s = suite('ranges of values')

s('no value of any graph lies outside of what is said of it', async () => {
  let bounded = 0
  await withBackend('cpu', (tf) =>
    fc.assert(
      fc.property(anyGraph, ({ graph, extents, batch }) =>
        tf.tidy(() => {
          const values = valuesOf(graph, tf, { extents, batch })
          for (const [node, own] of values) {
            // a maximum of what is no number is one of nothing
            if (!operands(node).every((read) => values.get(read)!.every(Number.isFinite))) continue
            const [low, high] = rangeOf(node)
            if (Number.isFinite(low) || Number.isFinite(high)) bounded++
            const slack = 1e-5 * Math.max(1, ...[low, high].filter(Number.isFinite).map(Math.abs))
            for (const value of own)
              assert.not(value < low - slack || value > high + slack, `${node.id} is ${value}, and said to be in ${low} to ${high}`)
          }
        }),
      ),
      { numRuns: 200, endOnFailure: true, includeErrorInReport: true },
    ),
  )
  assert.ok(bounded > 200, String(bounded))
})

const expected: Readonly<Record<string, readonly [number, number]>> = {
  'x + w': [-Infinity, Infinity],
  'sigmoid(x)': [0, 1],
  'softmax(x) * 2 - 1': [-1, 1],
  'fuse.mean(softmax(x), softmax(a))': [0, 1],
  'relu(x)': [0, Infinity],
  'relu6(x)': [0, 6],
  'tanh(x) / 4': [-0.25, 0.25],
  '1 / (1 + relu(x))': [0, 1],
  'reduce.sum(relu(x), axis: 0)': [0, Infinity],
  'reduce.sum(-relu(x), axis: 0)': [-Infinity, 0],
  'reduce.sum(tanh(x), axis: 0)': [-Infinity, Infinity],
  'sqrt(reduce.sum((x - a) * (x - a), axis: -1))': [0, Infinity],
  'log(softmax(x))': [-Infinity, 0],
  'pool.max(tanh(x), 2)': [-Math.tanh(Infinity), 1],
}

for (const [expression, range] of Object.entries(expected)) {
  s(`${expression} lies between ${range.join(' and ')}`, () => {
    const text = `model M {\n  input x: [4, 4, 3]\n  input a: [4, 4, 3]\n  param w: [3] = ones\n  output y = ${expression}\n}`
    const [low, high] = rangeOf(graphOf(text).outputs[0]!.node)
    assert.ok(Object.is(low, range[0]) || Math.abs(low - range[0]) < 1e-9, String(low))
    assert.ok(Object.is(high, range[1]) || Math.abs(high - range[1]) < 1e-9, String(high))
  })
}

s.run()
