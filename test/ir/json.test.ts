import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { multiply } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { graphToJson, type GraphJson } from '../../src/compiler/ir/write-json.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { namedInitializers, type Initializer } from '../../src/compiler/graph/initializer.ts'
import { readGraphJson } from '../../src/compiler/ir/read-json.ts'
import type { Source } from '../../src/compiler/text/source.ts'
import { graphOf } from '../compile-text.ts'
import { buildGraph } from '../graphs.ts'
import { anyGraph } from '../random-graph.ts'
import { fewerRuns } from '../seeded-tenth.ts'

const s = suite('a graph as JSON')

/** What a file would hold. */
const written = (graph: Graph): GraphJson => JSON.parse(JSON.stringify(graphToJson(graph))) as GraphJson

function read(json: unknown): Graph {
  const result = readGraphJson(json)
  if ('violations' in result) throw new Error(JSON.stringify(result.violations))
  return result.graph
}

const violations = (json: unknown): readonly string[] => {
  const result = readGraphJson(json)
  return 'violations' in result ? result.violations.map(({ pointer, message }) => `${pointer || 'it'} ${message}`) : []
}

/** A convolution on symbolic extents, a constant that JSON has no number for, a weight with an interval, a requirement. */
function sample(): Graph {
  const g = buildGraph('Sample', 'For tests.')
  const H = inputExtent('H', { modulus: 16, remainder: 3, min: 19, max: Infinity })
  const W = inputExtent('W', { modulus: 1, remainder: 0, min: 1, max: 640 })
  const image = g.input('image', [H, W, 3])
  const kernel = g.param('conv/kernel', [3, 3, 3, 8], { init: namedInitializers.get('he_normal')!, within: [-Infinity, 2] })
  const conv = g.op('conv2d', { x: image, kernel }, { stride: [2, 2], padding: 'same' }, 'conv/conv2d')
  const table = g.constant([4], [1.5, -0, Infinity, NaN], 'table')
  const flat = g.op('reshape', { x: conv }, { shape: [conv.type.shape[0]!.dim, multiply(conv.type.shape[1]!.dim, 8)] }, 'flat')
  g.output('y', flat)
  g.output('table', g.op('exp', { x: table }, {}, 'table/exp'))
  g.require(W, 'conv/conv2d')
  g.state('temperature', [], { init: { kind: 'constant', value: 1 }, annealed: 30 })
  return g.graph()
}

s('is what was written, after reading', () => {
  const json = written(sample())
  assert.equal(written(read(json)), json)
})

s('is what was written, after reading, for any graph', () => {
  fc.assert(
    fc.property(anyGraph, ({ graph }) => {
      const json = written(graph)
      assert.equal(written(read(json)), json)
    }),
    { numRuns: 100, endOnFailure: true, includeErrorInReport: true },
  )
})

s('keeps every initialiser', () => {
  const all: readonly Initializer[] = [
    ...namedInitializers.values(),
    { kind: 'constant', value: Infinity },
    { kind: 'values', values: [1, -0] },
    { kind: 'uniform', min: -1, max: 1 },
    { kind: 'normal', mean: 0, deviation: 1 },
    { kind: 'truncated_normal', mean: 0, deviation: 1 },
  ]
  const g = buildGraph()
  for (const [i, init] of all.entries()) g.output(`y${i}`, g.param(`w${i}`, [2], { init }))
  const back = read(written(g.graph()))
  assert.equal(
    back.nodes.map((node) => (node.kind === 'param' ? node.init : undefined)),
    all,
  )
})

s('writes extents as fmw does, and what is known of them', () => {
  const { extents, nodes } = written(sample())
  assert.equal(extents, [
    { name: 'H', modulus: 16, remainder: 3, minimum: 19 },
    { name: 'W', modulus: 1, remainder: 0, minimum: 1, maximum: 640 },
  ])
  assert.equal(nodes[2]!.shape, ['(H + 1) / 2', 'ceil(W / 2)', 8])
})

s('writes a node as a reader expects it', () => {
  const node = written(sample()).nodes[2]!
  assert.equal(node, {
    id: 2,
    kind: 'op',
    op: 'conv2d',
    path: 'conv/conv2d',
    shape: ['(H + 1) / 2', 'ceil(W / 2)', 8],
    depends: 'inputs',
    args: { x: 0, kernel: 1 },
    attributes: { stride: [2, 2], padding: 'same', dilation: [1, 1], groups: 1 },
    frozen: false,
    scope: 0,
    statement: { file: 'test.fmw', start: 0, end: 0 },
    origins: [{ file: 'test.fmw', start: 0, end: 0 }],
  })
})

s('writes origins as places in the user’s files, and reads them with their text', () => {
  const library: Source = { path: 'std/conv.fmw', text: 'inside', library: true }
  const mine: Source = { path: 'mine.fmw', text: 'y = conv(x)', library: false }
  const call = { source: mine, start: 4, end: 11 }
  const frame = { name: 'conv', call, definition: { source: library, start: 0, end: 6 }, parent: undefined }
  const graph = sample()
  const nodes = graph.nodes.map((node) => ({ ...node, origins: [{ span: { source: library, start: 0, end: 6 }, frame }] as const }))
  const json = written({ ...graph, nodes })
  assert.equal(json.nodes[0]!.origins, [{ file: 'mine.fmw', start: 4, end: 11 }])
  const result = readGraphJson(json, (path) => ({ ...mine, path }))
  assert.ok('graph' in result)
  assert.is(result.graph.nodes[2]!.origins[0].span.source.text, 'y = conv(x)')
})

s('may leave origins out', () => {
  const { nodes, requirements, ...rest } = written(sample())
  const bare = <T extends object>(list: readonly T[]) => list.map((item) => ({ ...item, origin: undefined, origins: undefined, statement: undefined }))
  const json = JSON.parse(JSON.stringify({ ...rest, nodes: bare(nodes), requirements: bare(requirements) })) as GraphJson
  assert.equal(written(read(json)), json)
})

const form = suite('JSON that is no graph')

const changed = (change: (json: Record<string, unknown>, nodes: Record<string, unknown>[]) => void): unknown => {
  const json = written(sample()) as unknown as Record<string, unknown>
  change(json, json['nodes'] as Record<string, unknown>[])
  return json
}

const says = (what: string, change: Parameters<typeof changed>[0], ...expected: readonly string[]): void => {
  form(`is refused with its place and a proposal: ${what}`, () => assert.equal(violations(changed(change)), expected))
}

says('an unknown key', (json) => (json['ouputs'] = json['outputs']), 'it has an unknown key ouputs (did you mean outputs?)')
says('a missing key', (json) => delete json['nodes'], 'it has no nodes')
says(
  'another format',
  (json) => (json['format'] = 'fmw-graph-1'),
  '/format is "fmw-graph-1"; it must be fmw-graph-2 (did you mean fmw-graph-2?)',
)
says(
  'an unknown kind of node',
  (_, nodes) => (nodes[1]!['kind'] = 'parm'),
  '/nodes/1 is of the kind "parm"; it must be input, param, state, constant or op (did you mean param?)',
)
says('a node without a kind', (_, nodes) => delete nodes[1]!['kind'], '/nodes/1 has no kind')
says('a key of another kind of node', (_, nodes) => (nodes[0]!['op'] = 'relu'), '/nodes/0 has an unknown key op')
says('a number as a text', (_, nodes) => (nodes[2]!['id'] = '2'), '/nodes/2/id is "2"; it must be a whole number')
says(
  'a word that is no number',
  (_, nodes) => (nodes[3]!['values'] = [1, 2, 3, 'Infinty']),
  '/nodes/3/values/3 is "Infinty"; it must be Infinity, -Infinity, NaN or -0 (did you mean Infinity?)',
)
says(
  'an initialiser with the settings of another',
  (_, nodes) => (nodes[1]!['init'] = { kind: 'normal', mean: 0, deviaton: 1 }),
  '/nodes/1/init has no deviation',
  '/nodes/1/init has an unknown key deviaton (did you mean deviation?)',
)
form('is refused, whatever it is', () => {
  assert.equal(violations(null), ['it is null; it must be an object'])
  assert.equal(violations('graph'), ['it is "graph"; it must be an object'])
  assert.equal(violations(changed((json) => (json['format'] = { toString: false }))), [
    '/format is {"toString":false}; it must be fmw-graph-2',
  ])
  fc.assert(fc.property(fc.jsonValue(), (json) => violations(json).length > 0))
})

form('is refused where what it refers to does not exist', () => {
  const json = changed((graph, nodes) => {
    nodes[2]!['args'] = { x: 0, kernel: 2 }
    nodes[2]!['shape'] = ['H / ', 'D', 8]
    graph['inputs'] = [1]
    graph['outputs'] = [{ name: 'y', node: 99 }]
  })
  assert.equal(violations(json), [
    '/nodes/2/shape/0 expected an extent, found the end (at 4 of "H / ")',
    '/nodes/2/shape/1 no input has an extent D (at 1 of "D")',
    '/nodes/2/args/kernel there is no node 2 before this',
    '/inputs/0 node 1 is not an input',
    '/outputs/0/node there is no node 99 before this',
  ])
})

form('is refused where an extent cannot be', () => {
  const extents = [
    { name: 'H', modulus: 16, remainder: 16, minimum: 1 },
    { name: 'W', modulus: 1, remainder: 0, minimum: 9, maximum: 3 },
  ]
  assert.equal(violations(changed((json) => (json['extents'] = extents))).slice(0, 2), [
    '/extents/0 no number is an extent H like this',
    '/extents/1 no number is an extent W like this',
  ])
})

form('is refused where a shape is not what the op gives', () => {
  assert.equal(violations(changed((_, nodes) => (nodes[2]!['shape'] = ['(H + 1) / 2', 'floor(W / 2)', 9]))), [
    '/nodes/2/shape/1 is floor(W / 2), but conv2d gives ceil(W / 2)',
    '/nodes/2/shape/2 is 9, but conv2d gives 8',
  ])
})

const mutation: fc.Arbitrary<{ readonly path: readonly number[]; readonly value: unknown }> = fc.record({
  path: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 5 }),
  value: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('relu', 'H', 'ceil(H / 2)', 1e300, -1, 0, 2)),
})

/** Replaces one value somewhere in a tree. */
function mutate(tree: unknown, [at = 0, ...rest]: readonly number[], value: unknown): unknown {
  if (typeof tree !== 'object' || tree === null) return value
  const keys = Object.keys(tree)
  if (keys.length === 0) return value
  const key = keys[at % keys.length]!
  const changedPart: unknown = rest.length === 0 ? value : mutate((tree as Record<string, unknown>)[key], rest, value)
  if (Array.isArray(tree)) return tree.map((item: unknown, i) => (String(i) === key ? changedPart : item))
  return { ...tree, [key]: changedPart }
}

form('never makes the reader throw', () => {
  const base = written(sample())
  fc.assert(
    fc.property(mutation, ({ path, value }) => {
      const result = readGraphJson(mutate(base, path, value))
      assert.ok('graph' in result || result.violations.length > 0)
    }),
    { numRuns: fewerRuns(3000) },
  )
})

s('keeps how extents are related, and nothing about extents that there are not', () => {
  const graph = graphOf(
    'model M {\n  input x: [H, W, 3]\n  input m: [h, w, 1] where H > h, W >= w\n  output y = x |> crop(like: m)\n}',
  )
  const json = written(graph)
  assert.equal(
    json.extents.map(({ name, atLeast }) => [name, atLeast]),
    [
      ['H', [{ extent: 'h', plus: 1 }]],
      ['W', [{ extent: 'w', plus: 0 }]],
      ['h', undefined],
      ['w', undefined],
    ],
  )
  assert.equal(written(read(json)), json)
  assert.equal(
    violations({ ...json, extents: json.extents.map((extent) => ({ ...extent, atLeast: [{ extent: 'K', plus: 0 }] })) })[0],
    '/extents/0/atLeast there is no extent K',
  )
})

s.run()
form.run()
