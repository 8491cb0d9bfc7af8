import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph, Scope } from '../../src/compiler/graph/graph.ts'
import { verifyScopes } from '../../src/compiler/ir/verify-scopes.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('the scopes of a graph')

/** Its scopes are the model, a loop, and the two turns of that. */
const graph = graphOf('model M {\n  input x: [8, 8, 3]\n  y = x\n  for i in range(2) { y = y |> tanh }\n  output z = y\n}\n')
const other = graphOf('model M {\n  input x: [4]\n  output y = relu(x)\n}\n')

const found = (changed: Graph): readonly string[] => verifyScopes(changed).map(({ pointer, message }) => `${pointer} ${message}`)

/** What is found where one scope is another. */
const foundWith = (place: number, change: Partial<Scope>): readonly string[] =>
  found({ ...graph, scopes: graph.scopes.map((scope, i) => (i === place ? { ...scope, ...change } : scope)) })

const loop = graph.scopes.findIndex(({ kind }) => kind === 'loop')
const [first] = graph.scopes.flatMap(({ kind }, i) => (kind === 'turn' ? [i] : []))

s('of a model that was elaborated are as they should be', () => {
  assert.ok(loop > 0 && first! > loop)
  assert.equal(found(graph), [])
})

s('begin with the model', () => {
  assert.equal(found({ ...graph, scopes: [], nodes: [] }), ['/scopes the first scope is that of the model'])
  assert.equal(foundWith(0, { parent: 0 }), ['/scopes/0 the first scope is that of the model: in none, and without segments'])
})

s('are numbered by where they stand', () => {
  assert.equal(foundWith(loop, { id: 99 }), [`/scopes/${loop} the scope at position ${loop} has the id 99`])
})

s('stand in one before them', () => {
  assert.equal(foundWith(loop, { parent: loop }), [`/scopes/${loop} is not in a scope before it`])
  assert.equal(foundWith(loop, { under: undefined }), [`/scopes/${loop} is not in a scope before it`])
})

s('are numbered where they are turns, and only there', () => {
  assert.equal(foundWith(first!, { index: 5 }), [`/scopes/${first} is turn 0 of its scope, not 5`])
  assert.equal(foundWith(loop, { index: 0 }), [`/scopes/${loop} only turns are numbered`])
  assert.equal(foundWith(first!, { parent: 0 })[0], `/scopes/${first} a turn does not stand in a model`)
})

s('speak of nodes of their graph', () => {
  const [port] = other.scopes[0]!.outputs
  assert.equal(foundWith(0, { outputs: [port!] }), ['/scopes/0/outputs/0 is not in the graph'])
  assert.equal(foundWith(0, { names: [port!] }), ['/scopes/0/names/0 is not in the graph'])
})

s('are those that nodes are in', () => {
  const nodes = graph.nodes.map((node, i) => (i === 0 ? { ...node, scope: 99 } : node))
  const scopes = graph.scopes.map((scope) => ({ ...scope, inputs: [], outputs: [], names: [], arguments: {} }))
  assert.equal(found({ ...graph, nodes, scopes }), ['/nodes/0/scope there is no scope 99'])
})

s.run()
