import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Graph, Node, OpNode } from '../../src/compiler/graph/graph.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { sampleGraph } from '../codegen/graphs.ts'
import { buildGraph } from '../graphs.ts'
import { anyGraph } from '../random-graph.ts'

const s = suite('the specification of the IR')

const found = (graph: Graph): readonly string[] => verify(graph).map(({ pointer, message }) => `${pointer} ${message}`)

/** The graph with one node replaced, also where others read it. */
function replaced(graph: Graph, path: string, change: (node: Node) => object): Graph {
  const copies = new Map<Node, Node>()
  const copyOf = (node: Node): Node => copies.get(node)!
  for (const node of graph.nodes) {
    const copy = node.kind === 'op' ? { ...node, args: copyArgs(node, copyOf) } : node
    copies.set(node, node.path === path ? ({ ...copy, ...change(copy) } as Node) : copy)
  }
  const nodes = graph.nodes.map(copyOf)
  return {
    ...graph,
    nodes,
    inputs: nodes.filter((node) => node.kind === 'input'),
    outputs: graph.outputs.map(({ name, node }) => ({ name, node: copyOf(node) })),
  }
}

const copyArgs = ({ args }: OpNode, copyOf: (node: Node) => Node): OpNode['args'] =>
  Object.fromEntries(Object.entries(args).map(([key, arg]) => [key, 'kind' in arg ? copyOf(arg) : arg.map(copyOf)]))

const sample = sampleGraph()
const H = inputExtent('H', { modulus: 2, remainder: 0, min: 4, max: Infinity })
const extent = (dim: number | typeof H) => ({ dim, origin: sample.nodes[0]!.origins[0] })

s('accepts what the shape rules made', () => {
  assert.equal(found(sample), [])
  fc.assert(
    fc.property(anyGraph, ({ graph }) => assert.equal(found(graph), [])),
    { endOnFailure: true, includeErrorInReport: true },
  )
})

const refuses = (what: string, path: string, change: (node: Node) => object, ...expected: readonly string[]): void => {
  s(`refuses ${what}`, () => assert.equal(found(replaced(sample, path, change)), expected))
}
const at = (path: string): string => `/nodes/${sample.nodes.findIndex((node) => node.path === path)}`
const attributes = (changes: OpNode['attributes']) => (node: Node) => ({
  attributes: { ...(node as OpNode).attributes, ...changes },
})
const args = (change: (args: OpNode['args']) => object) => (node: Node) => ({ args: change((node as OpNode).args) })
const shape = (...dims: readonly (number | typeof H)[]) => ({ type: { shape: dims.map(extent), depends: 'weights' } })

refuses(
  'an id that is not the position',
  'unread',
  () => ({ id: 3 }),
  `${at('unread')} the node at position ${at('unread').slice(7)} has the id 3`,
)
refuses(
  'an unknown op',
  'pool',
  () => ({ op: 'maxpool' }),
  `${at('pool')}/op there is no primitive maxpool (did you mean max_pool?)`,
)
refuses('a missing argument', 'sum', args(({ a }) => ({ a })), `${at('sum')}/args/b is missing`)
refuses(
  'an argument too many',
  'sum',
  args(({ a, b }) => ({ a, b, third: a })),
  `${at('sum')}/args/third add has no such parameter`,
)
refuses(
  'arguments in another order',
  'sum',
  args(({ a, b }) => ({ b, a })),
  `${at('sum')}/args must be in the order of add's parameters: a, b`,
)
refuses('a list where one tensor is wanted', 'pool', args(({ x }) => ({ x: [x] })), `${at('pool')}/args/x must be one node`)
refuses('an attribute of another kind', 'pool', attributes({ size: 3 }), `${at('pool')}/attributes/size must be [height, width]`)
refuses(
  'a padding that is none',
  'pool',
  attributes({ padding: 'half' }),
  `${at('pool')}/attributes/padding must be "same", "valid" or [[top, bottom], [left, right]]`,
)
refuses(
  'an unknown attribute',
  'pool',
  attributes({ strides: [1, 1] }),
  `${at('pool')}/attributes/strides max_pool has no such parameter (did you mean stride?)`,
)
refuses(
  'what the shape rule refuses',
  'pool',
  attributes({ size: [0, 3] }),
  `${at('pool')} max_pool: size must be a whole number of at least 1, not 0`,
)
refuses(
  'another shape than the rule gives',
  'dead/exp',
  (node) => ({ type: { ...node.type, shape: [extent(7)] } }),
  `${at('dead/exp')}/shape is [7], but exp gives [H / 2, ceil(W / 2), 4]`,
)
refuses(
  'a value that forgets that it depends on an input',
  'dead/exp',
  (node) => ({ type: { ...node.type, depends: 'weights' } }),
  `${at('dead/exp')}/depends must be inputs, as what it reads and its attributes say`,
)
refuses('a weight with a symbolic extent', 'unread', () => shape(H), `${at('unread')} its extents must be numbers of at least 1`)
refuses(
  'a weight per sample',
  'unread',
  (node) => ({ type: { ...node.type, depends: 'inputs' } }),
  `${at('unread')} depends on no input, so there is one value for all samples and all runs`,
)
refuses('an empty interval', 'unread', () => ({ within: [1, 0] }), `${at('unread')} is kept within [1, 0], which is empty`)
refuses(
  'a parameter that is annealed',
  'unread',
  () => ({ annealed: 30 }),
  `${at('unread')} is annealed, which needs a state with one constant initial value`,
)
refuses(
  'initial values of another number',
  'unread',
  () => ({ init: { kind: 'values', values: [1] } }),
  `${at('unread')} has 1 values for 7 elements`,
)
refuses(
  'two weights of one path',
  'unread',
  () => ({ path: 'stem/bias' }),
  `${at('unread')}/path node ${at('stem/bias').slice(7)} is a weight of the same path, stem/bias`,
)
refuses('constants of another number', 'half', () => ({ values: [] }), `${at('half')} has 0 values for 1 elements`)

s('reports what follows from a wrong type once', () => {
  const wrong = replaced(sample, 'stem/conv2d', (node) => ({ type: { ...node.type, shape: [extent(3), extent(3), extent(9)] } }))
  assert.equal(
    found(wrong).map((text) => text.split(' ')[0]),
    ['0', '1', '2'].map((axis) => `${at('stem/conv2d')}/shape/${axis}`),
  )
})

s('refuses nodes that read later ones or none of the graph', () => {
  const reversed = { ...sample, nodes: sample.nodes.toReversed() }
  assert.ok(found(reversed).some((text) => text.includes('which is not one before it')))
})

s('refuses inputs and outputs that are not the graph’s', () => {
  assert.equal(found({ ...sample, inputs: [] }), [
    '/inputs the inputs are not the input nodes, each once',
    '/extents/0 no axis of an input is H itself, so a run could not know it',
    '/extents/1 no axis of an input is W itself, so a run could not know it',
  ])
  assert.equal(found({ ...sample, outputs: [] }), ['/outputs a model has at least one output'])
  const [first] = sample.outputs
  assert.equal(found({ ...sample, outputs: [first!, first!] }), ['/outputs/1 a second one is called y'])
  assert.equal(found({ ...sample, outputs: [{ name: 'y', node: { ...first!.node } }] }), [
    `/outputs/0 node ${first!.node.id} is not in the graph`,
  ])
})

s('refuses extents that no input has, or of which nodes know something else', () => {
  const g = buildGraph()
  g.output('y', g.op('relu', { x: g.input('x', [H]) }))
  g.require(inputExtent('H', { modulus: 4, remainder: 0, min: 4, max: Infinity }), 'y')
  assert.equal(found(g.graph()), ['/requirements/0 knows something else of H than the graph does'])
  assert.ok(found({ ...g.graph(), extents: [] }).includes('/nodes/0/shape H is not an extent of the inputs'))
})

s('refuses an op that may give nothing, unless that is required', () => {
  const g = buildGraph()
  const x = g.input('x', [inputExtent('H'), 8, 3])
  g.output('y', g.op('max_pool', { x }, { size: [3, 3], stride: [1, 1], padding: 'valid' }))
  const graph = g.graph()
  assert.equal(found(graph), [])
  assert.equal(found({ ...graph, requirements: [] }), [
    '/nodes/1 may be empty: that H - 2 is at least 1 must be among the requirements',
  ])
})

s.run()
