import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { freezeWeights } from '../../src/compiler/ir/freeze-weights.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('freezing by path')

const graph = graphOf(`
block Stem(x: [H, W, C]) -> [_, _, 4] { return x |> conv(4, 1x1) |> norm.batch |> dropout(0.5) }
model M {
  input x: [8, 8, 3]
  left = Stem(x)
  right = Stem(x)
  mixed = conv.dynamic(left + right, 2, 1x1)
  output y = mixed
}`)

const trainable = (of: Graph): readonly string[] => weightsOf(of).filter((weight) => weight.trainable).map(({ path }) => path)

const frozenOps = (of: Graph): readonly string[] =>
  of.nodes.flatMap((node) => (node.kind === 'op' && node.frozen ? [node.path] : []))

s('a pattern takes the weights of a scope out of training, and nothing else', () => {
  const { graph: frozen, unmatched } = freezeWeights(graph, ['left/**'])
  assert.equal(unmatched, [])
  assert.equal(trainable(frozen), trainable(graph).filter((path) => !path.startsWith('left/')))
  assert.ok(trainable(graph).some((path) => path.startsWith('left/')))
})

s('normalisation and dropout of the scope do what they do outside of training', () => {
  const ops = frozenOps(freezeWeights(graph, ['left']).graph)
  assert.ok(ops.some((path) => path.endsWith('batch_norm')) && ops.some((path) => path.endsWith('dropout')), ops.join())
  assert.ok(ops.every((path) => path.startsWith('left/')), ops.join())
  assert.equal(frozenOps(graph), [])
})

s('an op whose state is frozen writes it no more', () => {
  const ops = frozenOps(freezeWeights(graph, ['right/**/mean']).graph)
  assert.is(ops.length, 1)
  assert.match(ops[0]!, /^right\/.*batch_norm$/)
})

s('a frozen state is not annealed', () => {
  const annealed = (of: Graph) => weightsOf(of).filter((weight) => weight.annealed !== undefined).map(({ path }) => path)
  assert.is(annealed(graph).length, 1)
  assert.equal(annealed(freezeWeights(graph, ['mixed']).graph), [])
})

s('one star stays within a segment, two do not', () => {
  const frozenKernels = (pattern: string) =>
    weightsOf(freezeWeights(graph, [pattern]).graph)
      .filter(({ path, trainable: still }) => path.includes('kernel') && !still)
      .map(({ path }) => path)
  assert.equal(frozenKernels('left/*/*/kernel'), ['left/Stem/conv/kernel'])
  assert.equal(frozenKernels('*/kernel'), [])
  assert.equal(frozenKernels('left/*/kernel'), [])
  assert.is(frozenKernels('**/kernel').length, 8)
})

s('patterns that match no weight are told', () => {
  assert.equal(freezeWeights(graph, ['lefd/**', 'right', 'left.conv/kernel']).unmatched, ['lefd/**', 'left.conv/kernel'])
})

s('the frozen graph is a graph, and the given one stays as it was', () => {
  const before = JSON.stringify(trainable(graph))
  assert.equal(verify(freezeWeights(graph, ['**']).graph), [])
  assert.is(JSON.stringify(trainable(graph)), before)
  assert.equal(trainable(freezeWeights(graph, ['**']).graph), [])
})

s.run()
