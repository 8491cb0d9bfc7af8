import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph, Node } from '../../src/compiler/graph/graph.ts'
import { operands } from '../../src/compiler/graph/graph.ts'
import { neededFor } from '../../src/compiler/graph/needed-for.ts'
import { scopesAround } from '../../src/compiler/graph/scope.ts'
import { rewrite } from '../../src/compiler/ir/rewrite.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { withOutputs } from '../../src/compiler/ir/with-outputs.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { graphOf } from '../compile-text.ts'
import { anyGraph } from '../random-graph.ts'

const s = suite('rewriting a graph')

const always = (property: (graph: Graph) => void): void =>
  fc.assert(
    fc.property(anyGraph, ({ graph }) => property(graph)),
    { numRuns: 60, endOnFailure: true, includeErrorInReport: true },
  )

const isSound = (graph: Graph): void => assert.equal(verify(graph), [])

const keyOf = (node: Node): string =>
  node.kind === 'op'
    ? JSON.stringify([node.op, operands(node).map(({ id }) => id), node.attributes, node.frozen])
    : node.kind === 'constant'
      ? JSON.stringify([node.values, node.type.shape.map(({ dim }) => dim)])
      : node.path

/** Values that are computed alike become one. */
function withoutRepetition(graph: Graph): Graph {
  // the nodes of the new graph keep their old ids until it is done, so an id names one of them
  const first = new Map<string, Node>()
  return rewrite(graph, (node) => {
    const earlier = first.get(keyOf(node))
    if (!earlier) first.set(keyOf(node), node)
    return earlier ?? node
  })
}

s('gives the same nodes where each stays what it is', () =>
  always((graph) => {
    const same = rewrite(graph, (node) => node)
    assert.ok(same.nodes.length === graph.nodes.length && same.nodes.every((node, i) => node === graph.nodes[i]))
    assert.equal(same, graph)
  }))

s('gives a graph that holds what a graph must, whatever is changed, merged, put between and dropped', () =>
  always((graph) => {
    isSound(withoutRepetition(graph))
    const halved = rewrite(graph, (node, add) => {
      if (node.kind !== 'op' || node.op !== 'relu') return node
      const before = add({ ...node, op: 'abs', path: `${node.path}/before` })
      return { ...node, args: { x: before } }
    })
    isSound(halved)
    assert.is(halved.nodes.length, graph.nodes.length + graph.nodes.filter((node) => node.kind === 'op' && node.op === 'relu').length)
    const dropped = rewrite(graph, (node) => node, 'drop')
    isSound(dropped)
    const needed = neededFor(graph, [...graph.inputs, ...graph.outputs.map(({ node }) => node)])
    assert.equal(dropped.nodes.map(({ path }) => path), graph.nodes.filter((node) => needed.has(node)).map(({ path }) => path))
  }))

s('gives the part that computes some nodes as a graph of its own', () =>
  always((graph) => {
    const wanted = graph.nodes.filter((_, i) => i % 5 === 3)
    if (wanted.length === 0) return
    const part = withOutputs(graph, wanted)
    isSound(part)
    assert.equal(part.outputs.map(({ name }) => name), wanted.map(({ id }) => String(id)))
  }))

const twice = graphOf(`
block Half(x: [H, W, C]) -> like x {
  y = 0.5 * x
  return relu(y)
}

block Both(x: [H, W, C]) -> like x {
  a = Half(x)
  b = Half(x)
  return a + b
}

model M {
  input x: [4, 4, 2]
  output y = Both(x)
}
`)

s('a merged node comes from wherever those came from, and stands in the scope around them', () => {
  const merged = withoutRepetition(twice)
  isSound(merged)
  assert.equal(
    merged.nodes.map(({ path }) => path),
    ['x', 'y/Both/a/Half/y/constant', 'y/Both/a/Half/y/mul', 'y/Both/a/Half/relu', 'y/Both/add'],
  )
  const relu = merged.nodes[3]!
  assert.equal(relu.origins.map(({ span, frame }) => `${textOf(span)} in ${textOf(frame!.call)}`), [
    'relu(y) in Half(x)',
    'relu(y) in Half(x)',
  ])
  assert.ok(relu.origins[0].frame!.call.start < relu.origins[1]!.frame!.call.start)
  assert.equal(scopesAround(merged.scopes, relu.scope).map(({ name }) => name), ['Both', 'M'])
  const [, , half, other] = merged.scopes
  assert.equal([half, other].map((scope) => scope!.outputs), [[{ name: 'result', node: relu }], [{ name: 'result', node: relu }]])
})

s('scopes speak of what their nodes became, and not of what was dropped', () => {
  const first = twice.nodes.find(({ path }) => path === 'y/Both/a/Half/relu')!
  const part = withOutputs(twice, [first])
  const [model, both, half, other] = part.scopes
  assert.equal(model!.outputs, [])
  assert.equal(both!.names.map(({ name }) => name), ['a'])
  assert.equal(half!.outputs, [{ name: 'result', node: part.nodes.at(-1)! }])
  assert.equal(other!.outputs, [])
})

s('an input stays an input', () => {
  assert.throws(
    () => rewrite(twice, (node) => (node.kind === 'input' ? { ...node, kind: 'constant', values: [] } : node)),
    'the input x became a value that is none',
  )
})

s.run()
