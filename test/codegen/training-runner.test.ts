import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { MismatchError } from '../../src/codegen/mismatch.ts'
import { createTrainingRunner, type Forward } from '../../src/codegen/tfjs/training-runner.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { inputsFor, weightsFor } from '../graph-tensors.ts'
import { unsupportedGraph } from './graphs.ts'

const s = suite('the forward pass of training')

const model = (statements: string): Graph => graphOf(`model M {\n  input x: [2, 3, 2]\n  ${statements}\n}\n`)

interface Run {
  readonly seed?: number
  readonly batch?: number
}

/** With random weights that are positive, as variances are. */
function forward(
  graph: Graph,
  tf: Tfjs,
  { seed = 1, batch = 4 }: Run = {},
): Forward & { readonly x: Tensor; readonly weights: Map<string, Tensor> } {
  const created = createTrainingRunner(
    graph,
    graph.outputs.map(({ node }) => node),
    tf,
  )
  if ('unsupported' in created) throw new Error('unsupported')
  const weights = new Map([...weightsFor(graph, tf)].map(([path, weight]) => [path, tf.abs(weight)]))
  const inputs = inputsFor(graph, tf, { batch })
  return { ...created.runner.forward({ weights, inputs, seed }), x: inputs['x']!, weights }
}

/** Mean and biased variance of each channel over all samples and places. */
function statistics(x: Tensor): { readonly mean: number[]; readonly variance: number[] } {
  const values = x.dataSync()
  const channels = x.shape.at(-1)!
  const of = (c: number): number[] => [...values].filter((_, i) => i % channels === c)
  const mean = Array.from({ length: channels }, (_, c) => of(c).reduce((a, b) => a + b) / of(c).length)
  const variance = mean.map((m, c) => of(c).reduce((a, b) => a + (b - m) ** 2, 0) / of(c).length)
  return { mean, variance }
}

const near = (found: ArrayLike<number>, wanted: readonly number[], what: string): void => {
  assert.is(found.length, wanted.length, what)
  for (const [i, value] of wanted.entries())
    assert.ok(Math.abs(found[i]! - value) < 1e-5, `${what}[${i}] is ${found[i]}, not ${value}`)
}

for (const backend of await availableBackends()) {
  s(`batch normalisation uses the statistics of the batch, and moves its own by 1 - momentum, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const { values, updates, x, weights } = forward(model('output y = norm.batch(x, momentum: 0.9, epsilon: 0.01)'), tf)
      const { mean, variance } = statistics(x)
      const at = (path: string): Float32Array => weights.get(`y/norm/${path}`)!.dataSync() as Float32Array
      const [scale, offset] = [at('scale'), at('offset')]
      const wanted = [...x.dataSync()].map(
        (value, i) => ((value - mean[i % 2]!) / Math.sqrt(variance[i % 2]! + 0.01)) * scale[i % 2]! + offset[i % 2]!,
      )
      near(values[0]!.dataSync(), wanted, 'y')
      near(updates.get('y/norm/mean')!.dataSync(), mean.map((m, c) => 0.9 * at('mean')[c]! + 0.1 * m), 'mean')
      near(updates.get('y/norm/variance')!.dataSync(), variance.map((v, c) => 0.9 * at('variance')[c]! + 0.1 * v), 'variance')
    }))

  s(`dropout sets about the given share to 0 and enlarges the rest, by the seed, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const graph = model('output y = dropout(x, 0.25)')
      const of = (seed: number): number[] => {
        const { values, x } = forward(graph, tf, { seed, batch: 400 })
        const given = x.dataSync()
        return [...values[0]!.dataSync()].map((value, i) => value / given[i]!)
      }
      const factors = of(1)
      assert.equal(new Set(factors.map((factor) => Math.round(factor * 1e4))), new Set([0, 13333]))
      const share = factors.filter((factor) => factor === 0).length / factors.length
      assert.ok(Math.abs(share - 0.25) < 0.03, String(share))
      assert.equal(of(1), factors)
      assert.not.equal(of(2), factors)
    }))
}

s('two dropouts of one step draw different numbers', () =>
  withBackend('cpu', (tf) => {
    const { values } = forward(model('output a = dropout(x, 0.5)\n  output b = dropout(x, 0.5)'), tf, { batch: 20 })
    assert.not.equal([...values[0]!.dataSync()], [...values[1]!.dataSync()])
  }))

s('dropout with the rate 0 is x', () =>
  withBackend('cpu', (tf) => {
    const { values, x } = forward(model('output a = dropout(x, 0)'), tf)
    assert.equal([...values[0]!.dataSync()], [...x.dataSync()])
  }))

s('under freeze, normalisation keeps its statistics and dropout does nothing', () =>
  withBackend('cpu', (tf) => {
    const text = `block B(x: [H, W, C]) -> like x { return norm.batch(dropout(x, 0.5)) }\nmodel M {\n  input x: [2, 3, 2]\n  output y = freeze B(x)\n}\n`
    const { values, updates, x, weights } = forward(graphOf(text), tf)
    assert.is(updates.size, 0)
    const [scale, offset, mean, variance] = ['scale', 'offset', 'mean', 'variance'].map((name) => {
      const [, weight] = [...weights].find(([path]) => path.endsWith(`/${name}`))!
      return weight.dataSync()
    })
    const wanted = [...x.dataSync()].map(
      (value, i) => ((value - mean![i % 2]!) / Math.sqrt(variance![i % 2]! + 1e-3)) * scale![i % 2]! + offset![i % 2]!,
    )
    near(values[0]!.dataSync(), wanted, 'y')
  }))

s('a layer that is used twice updates its statistics twice, one after the other', () =>
  withBackend('cpu', (tf) => {
    const { updates, x, weights } = forward(model('layer n = norm.batch(_, momentum: 0.5)\n  output y = n(x) + n(x * 3)'), tf)
    const { mean } = statistics(x)
    const path = [...weights.keys()].find((key) => key.endsWith('/mean'))!
    const old = weights.get(path)!.dataSync()
    near(updates.get(path)!.dataSync(), mean.map((m, c) => 0.5 * (0.5 * old[c]! + 0.5 * m) + 0.5 * 3 * m), 'mean')
  }))

s('shows every value on the way, in the order of computation', () =>
  withBackend('cpu', (tf) => {
    const graph = model('param w: [2] = ones\n  output y = relu(x * w)')
    const created = createTrainingRunner(graph, [graph.outputs[0]!.node], tf)
    assert.ok('runner' in created)
    const seen: string[] = []
    const given = { weights: weightsFor(graph, tf), inputs: inputsFor(graph, tf), seed: 1 }
    created.runner.forward({ ...given, watch: (node, value) => void seen.push(`${node.path} [${value.shape}]`) })
    assert.equal(seen, ['x [2,2,3,2]', 'w [2]', 'y/mul [2,2,3,2]', 'y/relu [2,2,3,2]'])
  }))

s('computes only what is asked for', () =>
  withBackend('cpu', (tf) => {
    const graph = model('param unread: [5] = ones\n  output y = relu(x)\n  output z = x + reduce.sum(unread)')
    const created = createTrainingRunner(graph, [graph.outputs[0]!.node], tf)
    assert.ok('runner' in created)
    const { values } = created.runner.forward({ weights: new Map(), inputs: inputsFor(graph, tf), seed: 1 })
    assert.is(values.length, 1)
  }))

s('refuses inputs that do not fit, and nodes that cannot be computed', () =>
  withBackend('cpu', (tf) => {
    const graph = model('output y = relu(x)')
    const created = createTrainingRunner(graph, [graph.outputs[0]!.node], tf)
    assert.ok('runner' in created)
    const run = () => created.runner.forward({ weights: new Map(), inputs: { x: tf.zeros([1, 2, 3, 5]) }, seed: 1 })
    assert.throws(run, (error: unknown) => error instanceof MismatchError)
    const wrong = unsupportedGraph()
    assert.ok('unsupported' in createTrainingRunner(wrong, wrong.outputs.map(({ node }) => node), tf))
  }))

s.run()
