import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lastReads } from '../../src/codegen/liveness.ts'
import { operands, type Node } from '../../src/compiler/graph/graph.ts'
import { buildGraph } from '../graphs.ts'

const s = suite('liveness')

const pathsOf = (released: readonly (readonly Node[])[]): readonly string[] =>
  released.map((nodes) => nodes.map(({ path }) => path).join(' '))

const g = buildGraph()
const x = g.input('x', [4, 4, 1])
const a = g.op('relu', { x }, {}, 'a')
const b = g.op('add', { a, b: a }, {}, 'b')
const c = g.op('mul', { a, b }, {}, 'c')
const d = g.op('tanh', { x: b }, {}, 'd')
const list = [a, b, c, d].map((node) => ({ node, reads: operands(node) }))

s('lets a value go after its last reader, once even if that reads it twice', () => {
  assert.equal(pathsOf(lastReads(list, new Set([c, d]))), ['', '', 'a', 'b'])
  assert.equal(pathsOf(lastReads(list.slice(0, 2), new Set([b]))), ['', 'a'])
})

s('keeps what is to be kept, and what the list does not compute', () => {
  assert.equal(pathsOf(lastReads(list, new Set([a, b, c, d]))), ['', '', '', ''])
})

s('lets a value that nobody reads go at once', () => {
  assert.equal(pathsOf(lastReads(list, new Set([d]))), ['', '', 'a c', 'b'])
})

s.run()
