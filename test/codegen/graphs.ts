import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { buildGraph } from '../graphs.ts'

/**
 * Everything the runner and the module have to deal with at once: symbolic extents with knowledge, weights that are computed
 * with, a vector and a scalar constant, explicit pads (two calls for one value), a skip, an unread weight, a dead branch, and
 * outputs that are one value twice, a weight, a prepared value, and an input.
 */
export function sampleGraph(): Graph {
  const g = buildGraph('SampleNet', 'A net for tests.\nIts second line ends a comment: */')
  const image = g.input('image', [inputExtent('H', { modulus: 2, remainder: 0, min: 4, max: Infinity }), inputExtent('W'), 3])
  const kernel = g.param('stem/kernel', [3, 3, 3, 4])
  const halved = g.op('mul', { a: kernel, b: g.constant([], [0.5], 'half') }, {}, 'stem/halved')
  const scaled = g.op('tanh', { x: halved }, {}, 'stem/kernel/tanh')
  const padding = [[1, 1], [1, 1]]
  const stem = g.op('conv2d', { x: image, kernel: scaled }, { padding, stride: [2, 2] }, 'stem/conv2d')
  const biased = g.op('add', { a: stem, b: g.state('stem/bias', [4]) }, {}, 'stem/add')
  g.param('unread', [7], { trainable: false })
  g.op('exp', { x: biased }, {}, 'dead/exp')
  const pooled = g.op('max_pool', { x: biased }, { size: [3, 3], stride: [1, 1], padding }, 'pool')
  const weighted = g.op('mul', { a: pooled, b: g.constant([4], [1, -2.5, 1e-3, 4], 'table') }, {}, 'weighted')
  const sum = g.op('add', { a: weighted, b: biased }, {}, 'sum')
  g.require(2, 'pool')
  g.output('y', sum)
  g.output('same', sum)
  g.output('weight', kernel)
  g.output('prepared', scaled)
  g.output('image', image)
  return g.graph()
}

/** A graph with an op that is no primitive, as another version of fmw may write it. */
export function unsupportedGraph(): Graph {
  const g = buildGraph()
  g.output('y', { ...g.op('relu', { x: g.input('x', [4, 4, 2]) }, {}, 'norm/whiten'), op: 'whiten' })
  const graph = g.graph()
  return { ...graph, nodes: [...graph.nodes.slice(0, -1), graph.outputs[0]!.node] }
}
