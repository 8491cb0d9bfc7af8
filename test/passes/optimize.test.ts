import { readFileSync } from 'node:fs'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { createTrainingRunner } from '../../src/codegen/tfjs/training-runner.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { neededFor } from '../../src/compiler/graph/needed-for.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { cse } from '../../src/compiler/passes/cse.ts'
import { elementwiseAfterConcat } from '../../src/compiler/passes/elementwise-after-concat.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import { trainingRules } from '../../src/compiler/passes/training-rules.ts'
import { placeOf, userOrigin } from '../../src/compiler/text/source.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { inputsFor, weightsFor } from '../graph-tensors.ts'
import { anyGraph } from '../random-graph.ts'
import { alwaysTrainsAlike } from './always.ts'
import { opsOf } from './ops-of.ts'
import { trainsAlike } from './same-training.ts'

const s = suite('rewriting by rules')

const lenet5Text = readFileSync('examples/lenet5.fmw', 'utf8')
const lenet5 = compile('examples/lenet5.fmw', lenet5Text, nodeHost).graphs[0]!

s('networks compute values and gradients as before, by all rules of training', async () => alwaysTrainsAlike(trainingRules, await availableBackends()))

s('graphs of any ops stay graphs, and a rewritten one is not rewritten again', () =>
  fc.assert(
    fc.property(anyGraph, ({ graph }) => {
      const rewritten = optimize(graph, trainingRules)
      assert.equal(verify(rewritten), [])
      assert.is(optimize(rewritten, trainingRules), rewritten)
      assert.equal(optimize(graph, trainingRules), rewritten)
    }),
    { numRuns: 60 },
  ))

s('what no rule changes is the graph itself', () => {
  const graph = graphOf('model M {\n  input x: [8, 8, 3]\n  output y = x |> conv(4) |> relu |> pool.global |> dense(2)\n}')
  assert.is(optimize(graph, trainingRules), graph)
  assert.is(optimize(lenet5, []), lenet5)
})

s('the sixteen convolutions of C3 in LeNet-5 are one, and equal constants are', () => {
  const graph = optimize(lenet5, trainingRules)
  assert.is(opsOf(graph).filter((op) => op === 'conv2d').length, 3)
  assert.is(opsOf(graph).filter((op) => op === 'take').length, 0)
  assert.equal(
    graph.nodes.flatMap((node) => (node.kind === 'param' ? [node.path] : [])),
    lenet5.nodes.flatMap((node) => (node.kind === 'param' ? [node.path] : [])),
  )
  // 2/3 and 1.7159 of every Squash, -1/2, the pictures of the digits, the table of connections
  assert.is(graph.nodes.filter(({ kind }) => kind === 'constant').length, 5)
})

s('LeNet-5 trains alike on the native backend and on others', () =>
  withBackend('wasm', (tf) => void trainsAlike(lenet5, trainingRules, tf)))

const placesIn = (graph: Graph): ReadonlySet<string> => {
  const needed = neededFor(graph, graph.outputs.map(({ node }) => node))
  return new Set([...needed].flatMap(({ origins }) => origins.map(({ span: { source, start, end } }) => `${source.path} ${start}-${end}`)))
}

s('gradients of a rewritten network are the differences of what the text computes', () =>
  withBackend('cpu', (tf) => {
    const text = graphOf(`model M {
  input x: [6, 6, 3]
  maps = fuse.concat(...[for chosen in [[0, 2], [1], [2, 1, 2]]: x |> gather.channels(chosen) |> conv(2, 3x3) as _]) |> tanh
  output y = fuse.concat(conv(maps, 2), conv(maps, 1)) |> sigmoid |> pool.global
}`)
    const graph = optimize(text, trainingRules)
    assert.is(opsOf(graph).filter((op) => op === 'conv2d').length, 2)
    const weights = weightsFor(text, tf)
    const inputs = inputsFor(text, tf)
    const lossOf = (of: Graph) => {
      const created = createTrainingRunner(of, [of.outputs[0]!.node], tf)
      if ('unsupported' in created) throw new Error('unsupported')
      return (given: ReadonlyMap<string, Tensor>): Scalar => tf.sum(tf.square(created.runner.forward({ weights: given, inputs, seed: 1 }).values[0]!))
    }
    const paths = [...weights.keys()]
    const rewritten = lossOf(graph)
    const slopes = tf.grads((...given: Tensor[]) => rewritten(new Map(paths.map((path, i) => [path, given[i]!]))))([...weights.values()])
    const asWritten = lossOf(text)
    for (const [i, path] of paths.entries()) {
      const [value, slope] = [weights.get(path)!, slopes[i]!.dataSync()]
      for (let at = 0; at < value.size; at += 5) {
        const moved = (by: number): number => {
          const values = value.dataSync().slice()
          values[at]! += by
          return asWritten(new Map([...weights, [path, tf.tensor(values, value.shape)]])).dataSync()[0]!
        }
        const step = 2 ** -6
        const difference = (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step)
        assert.ok(Math.abs(slope[at]! - difference) < 1e-3, `${path}[${at}]: ${slope[at]} where ${difference} is expected`)
      }
    }
  }))

s('every line that a value came from is still named by a node', () => {
  assert.equal([...placesIn(optimize(lenet5, trainingRules))].sort(), [...placesIn(lenet5)].sort())
  const joined = optimize(lenet5, trainingRules).nodes.find((node) => node.kind === 'op' && node.op === 'conv2d' && node.path.startsWith('c3'))!
  const places = [...new Set(joined.origins.map((origin) => placeOf(userOrigin(origin).span)))].sort()
  const line = lenet5Text.split('\n').findIndex((text) => text.includes('c3: [')) + 1
  assert.ok(places.length >= 3 && places.every((place) => place.startsWith(`examples/lenet5.fmw:${line}:`)), String(places))
})

s('rules go on where others have made room for them', () => {
  const graph = graphOf('model M {\n  input x: [4, 4, 2]\n  output y = fuse.concat(tanh(2 * x), tanh(2 * relu(x)), tanh(2 * relu(x)))\n}')
  assert.equal(opsOf(optimize(graph, [elementwiseAfterConcat])), ['mul', 'relu', 'mul', 'relu', 'mul', 'concatenate', 'tanh'])
  assert.equal(opsOf(optimize(graph, [elementwiseAfterConcat, cse])), ['mul', 'relu', 'mul', 'concatenate', 'tanh'])
})

s.run()
