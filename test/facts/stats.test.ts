import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { statsToJson } from '../../src/compiler/facts/stats-json.ts'
import { groupByScope, statsOf, withExtents, type Stats } from '../../src/compiler/facts/stats.ts'
import { graphOf } from '../compile-text.ts'
import { buildGraph } from '../graphs.ts'
import { resnet50 } from '../resnet-50.ts'

const s = suite('the counts of a graph')

s('are the published ones for ResNet-50', () => {
  const { parameters, macs } = statsOf(resnet50(224, 224))
  assert.equal(parameters, { trainable: 25_557_032, nonTrainable: 53_120, total: 25_610_152 })
  assert.is(macs, 4_089_184_256)
})

const H = inputExtent('H', { modulus: 2, remainder: 0, min: 2, max: Infinity })

/** A convolution whose kernel is halved at load, its weights used again by a second one; frozen and unread weights. */
function shared(): Stats {
  const g = buildGraph('Shared')
  const x = g.input('x', [H, 8, 2])
  const kernel = g.param('a/kernel', [1, 1, 2, 2])
  const halved = g.op('mul', { a: kernel, b: g.constant([], [0.5]) }, {}, 'a/half')
  const a = g.op('conv2d', { x, kernel: halved }, {}, 'a/conv2d')
  const b = g.op('conv2d', { x: a, kernel }, { stride: [2, 2] }, 'b/conv2d')
  const moved = g.op('add', { a: b, b: g.param('b/bias', [2], { trainable: false }) }, {}, 'b/add')
  g.state('unread', [5])
  g.op('matmul', { a: g.param('m', [3, 3]), b: g.param('n', [3, 3]) }, {}, 'product')
  g.output('y', moved)
  return statsOf(g.graph())
}

s('are what `summary --json` prints: a row per op, shapes and MACs with symbolic extents', () => {
  const taken = (kind: 'op' | 'input' | 'param') => (name: string, shape: readonly (number | string)[]) => ({ name, shape, kind })
  const [op, param, x, half] = [taken('op'), taken('param'), taken('input')('x', ['H', 8, 2]), ['H / 2', 4, 2]]
  const constant = { name: statsToJson(shared()).nodes[0]!.takes[1]!.name, shape: [], kind: 'constant' }
  assert.equal(statsToJson(shared()), {
    model: 'Shared',
    inputs: [{ name: 'x', shape: ['H', 8, 2] }],
    outputs: [{ name: 'y', shape: ['H / 2', 4, 2] }],
    nodes: [
      { name: 'a/half', op: 'mul', takes: [param('a/kernel', [1, 1, 2, 2]), constant], shape: [1, 1, 2, 2], parameters: 4, macs: 0 },
      { name: 'a/conv2d', op: 'conv2d', takes: [x, op('a/half', [1, 1, 2, 2])], shape: ['H', 8, 2], parameters: 0, macs: '32*H' },
      { name: 'b/conv2d', op: 'conv2d', takes: [op('a/conv2d', ['H', 8, 2]), param('a/kernel', [1, 1, 2, 2])], shape: half, parameters: 0, macs: '8*H' },
      { name: 'b/add', op: 'add', takes: [op('b/conv2d', half), param('b/bias', [2])], shape: half, parameters: 2, macs: 0 },
      { name: 'product', op: 'matmul', takes: [param('m', [3, 3]), param('n', [3, 3])], shape: [3, 3], parameters: 18, macs: 0 },
      { name: 'unread', op: 'state', takes: [], shape: [5], parameters: 5, macs: 0 },
    ],
    parameters: { trainable: 22, nonTrainable: 7, total: 29 },
    macs: '40*H',
  })
})

s('add up: the rows have all parameters and all MACs', () => {
  const { nodes, parameters, macs } = statsOf(resnet50(inputExtent('H'), inputExtent('W')))
  assert.is(
    nodes.reduce((sum, row) => sum + row.parameters, 0),
    parameters.total,
  )
  assert.is(typeof macs, 'object')
})

s('group by the first segments of the paths', () => {
  const rows = (depth: number) =>
    groupByScope(shared(), depth).nodes.map(({ name, op, shape, parameters, macs }) => [
      name,
      op,
      shape.map(printDim).join(' '),
      parameters,
      printDim(macs),
    ])
  assert.equal(rows(1), [
    ['a', '2 ops', 'H 8 2', 4, '32*H'],
    ['b', '2 ops', 'H / 2 4 2', 2, '8*H'],
    ['product', 'matmul', '3 3', 18, '0'],
    ['unread', 'state', '5', 5, '0'],
  ])
  assert.is(rows(9).length, 6)
  const { parameters, macs } = groupByScope(shared(), 1)
  assert.equal([parameters, macs], [shared().parameters, shared().macs])
})

s('group what a model of a text computes by what its scopes and statements add to paths, also of a shared layer', () => {
  const text = `
block Twice(x: [H, W, C]) -> like x {
  y = conv(x, C, 3x3, padding: same)
  return relu(y)
}

model M {
  input x: [8, 8, 3]
  layer mix = conv(_, 3, 1x1)
  for k in [1, 3] {
    x = Twice(mix(x))
  }
  maps = [for k in [1, 3]: Twice(x)]
  output z = maps[0] + maps[1]
}
`
  const names = (depth: number) => groupByScope(statsOf(graphOf(text)), depth).nodes.map(({ name }) => name)
  assert.equal(names(1), ['mix', 'x', 'maps', 'z'])
  assert.equal(names(2), ['mix/conv', 'x/0', 'x/1', 'maps/0', 'maps/1', 'z/add'])
  assert.equal(names(3), [
    'mix/conv/y',
    'mix/conv/add',
    'x/0/Twice',
    'mix/conv/add_2',
    'x/1/Twice',
    'maps/0/Twice',
    'maps/1/Twice',
    'z/add',
  ])
})

s('become numbers where extents are given', () => {
  const found = withExtents(shared(), { H: 6 })
  assert.ok('stats' in found)
  const { inputs, outputs, nodes, macs } = statsToJson(found.stats)
  assert.equal(
    [inputs[0]!.shape, outputs[0]!.shape, nodes[2]!.shape, nodes[2]!.macs, macs],
    [[6, 8, 2], [3, 4, 2], [3, 4, 2], 48, 240],
  )
})

s('stay symbolic in the extents that are not given', () => {
  const found = withExtents(
    statsOf(resnet50(inputExtent('H', { modulus: 32, remainder: 0, min: 32, max: Infinity }), inputExtent('W'))),
    { W: 224 },
  )
  assert.ok('stats' in found)
  assert.equal(statsToJson(found.stats).inputs[0]!.shape, ['H', 224, 3])
  const both = withExtents(found.stats, { H: 224 })
  assert.ok('stats' in both)
  assert.is(both.stats.macs, 4_089_184_256)
})

s('refuse extents the model does not have or does not allow', () => {
  const found = withExtents(shared(), { H: 7, h: 3 })
  assert.ok('problems' in found)
  assert.equal(found.problems, ['Shared has no extent h (did you mean H?)', 'H must be a multiple of 2, not 7'])
})

s.run()
