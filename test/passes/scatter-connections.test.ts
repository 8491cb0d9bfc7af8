import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { elementwiseAfterConcat } from '../../src/compiler/passes/elementwise-after-concat.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import { scatterConnections } from '../../src/compiler/passes/scatter-connections.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { alwaysTrainsAlike } from './always.ts'
import { opsOf } from './ops-of.ts'
import { trainsAlike } from './same-training.ts'

const s = suite('scatter-connections')

const text = (statements: string, input = '[8, 8, 5]'): Graph => graphOf(`model M {\n  input x: ${input}\n  ${statements}\n}`)

const stays = (graph: Graph, what: string): void => assert.is(optimize(graph, [scatterConnections]), graph, what)

/** Convolutions with so many filters of lists of channels. */
const table = (lists: string, filters = 1, more = ''): string =>
  `output y = fuse.concat(...[for maps in ${lists}: x |> gather.channels(maps) |> conv(${filters}, 3x3, bias: false${more}) as _])`

s('computes values and gradients as before', () => alwaysTrainsAlike([elementwiseAfterConcat, scatterConnections]))

s('a table of connections becomes one convolution of the whole map', () => {
  const graph = optimize(text(table('[[0, 1], [2, 4, 3], [1, 2, 3, 4]]')), [scatterConnections])
  assert.equal(opsOf(graph), ['concatenate', 'reshape', 'matmul', 'reshape', 'conv2d'])
})

s('channels that repeat, in one list and among several, filters side by side, runs and the whole map', () =>
  withBackend('cpu', (tf) => {
    for (const graph of [
      text(table('[[1, 1], [0, 2, 0], [4, 3]]', 2)),
      text(`a = x |> gather.channels([3, 0]) |> conv(2, 3x3, bias: false)\n  b = x |> conv(2, 3x3, bias: false)\n  output y = fuse.concat(a, b, conv(slice(x, [0, 0, 1], [8, 8, 3]), 2, bias: false))`),
      text(`output y = fuse.concat(...[for maps in [[0, 2], [1], [3, 4, 0]]: x |> gather.channels(maps) |> dense(3, bias: false) as _])`, '[5]'),
    ]) {
      const rewritten = trainsAlike(graph, [scatterConnections], tf)
      assert.equal(opsOf(rewritten).slice(-4), ['reshape', 'matmul', 'reshape', opsOf(graph).includes('matmul') ? 'matmul' : 'conv2d'])
    }
  }))

s('other windows, strides and maps, parts of a map, and readers beside the concatenation stay as they are', () => {
  const parts = (a: string, b: string): string => `output y = fuse.concat(${a}, ${b})`
  const pick = (of: string): string => `conv(gather.channels(${of}, [0, 1]), 1, 3x3, bias: false)`
  stays(text(parts(pick('x'), 'slice(conv(gather.channels(x, [2]), 1, 3x3, padding: same, bias: false), [1, 1, 0], [6, 6, 1])')), 'padding')
  stays(text(parts(pick('x'), pick('relu(x)'))), 'another map')
  stays(text(parts(pick('slice(x, [0, 0, 0], [6, 6, 5])'), 'conv(slice(x, [0, 0, 1], [6, 6, 2]), 1, 3x3, bias: false)')), 'a box is no gathering')
  stays(text(`a = ${pick('x')}\n  output z = relu(a)\n  output y = fuse.concat(a, conv(gather.channels(x, [2]), 1, 3x3, bias: false))`), 'a second reader')
  stays(text(parts(pick('x'), 'conv(gather.channels(x, [2]), 2, 3x3, bias: false)')), 'filters')
})

s('multiply-adds by zeros are not spent where they are more than calls are worth, nor where it is not known', () => {
  const lists = `[for i in range(16): [for j in range(16): 16 * i + j]]`
  stays(text(table(lists, 16), '[56, 56, 256]'), 'sixteen groups of a large map')
  stays(text(table('[[0, 1], [2, 4, 3]]', 1), '[H, W, 5]'), 'any size')
})

s.run()
