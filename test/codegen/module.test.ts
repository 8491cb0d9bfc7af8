import { readFileSync, writeFileSync } from 'node:fs'
import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitModule } from '../../src/codegen/tfjs/module.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { bitsOf, inputsFor, weightsFor } from '../graph-tensors.ts'
import { buildGraph } from '../graphs.ts'
import { emit, importEmitted, typeErrors } from './emitted.ts'
import { runnerOf } from './runner-of.ts'
import { sampleGraph, unsupportedGraph } from './graphs.ts'

const s = suite('the emitted module')

type Disposable = Readonly<Record<string, tfjs.Tensor>>
type Prepare = (weights: Disposable) => Disposable
type Run = (...args: readonly Disposable[]) => Disposable

function lenet(): Graph {
  const g = buildGraph('LeNet', 'The beginning of LeNet-5.')
  const image = g.input('image', [32, 32, 1])
  const kernel = g.param('c1/conv/kernel', [5, 5, 1, 6])
  const conv = g.op('conv2d', { x: image, kernel }, {}, 'c1/conv/conv2d')
  const biased = g.op('add', { a: conv, b: g.param('c1/conv/bias', [6]) }, {}, 'c1/conv/add')
  const c1 = g.op('tanh', { x: biased }, {}, 'c1/tanh')
  g.output('maps', g.op('avg_pool', { x: c1 }, { size: [2, 2], stride: [2, 2] }, 's2/avg_pool'))
  return g.graph()
}

/** Names that JavaScript, TypeScript or the module itself have another use for. */
function awkwardNames(): Graph {
  const g = buildGraph('prepare')
  const input = g.input('class', [inputExtent('new'), inputExtent('weights')])
  const other = g.input('tf', [inputExtent('new')])
  const moved = g.op('add', { a: input, b: g.param('default', []) }, {}, 'await')
  const sum = g.op('add', { a: moved, b: g.op('exp', { x: g.param('let/1', [1, 1]) }, {}, 'weightShapes') }, {}, 'class')
  g.output('function', g.op('relu', { x: sum }, {}, 'new'))
  g.output('enum', g.op('relu', { x: other }, {}, 'Math'))
  return g.graph()
}

/** No weights, no inputs: nothing but constants and what follows from them. */
function constants(): Graph {
  const g = buildGraph('Constants')
  const table = g.constant([2, 2], [1, -0, Infinity, NaN], 'table')
  g.output('table', table)
  g.output('scalar', g.constant([], [0.1], 'tenth'))
  g.output('sum', g.op('mul', { a: table, b: g.constant([], [-Infinity], 'endless') }, {}, 'sum'))
  return g.graph()
}

const golden = new URL('lenet.golden.ts', import.meta.url)

s('reads like code written by hand', async () => {
  const text = await emit(lenet())
  if (process.env['UPDATE']) writeFileSync(golden, text)
  assert.fixture(text, readFileSync(golden, 'utf8'))
})

s('is accepted by strict TypeScript', async () => {
  const texts = await Promise.all([lenet(), sampleGraph(), awkwardNames(), constants()].map(emit))
  assert.equal(typeErrors(texts), [])
})

s('refuses, in its types, weights that are missing and inputs of another rank', async () => {
  const text = await emit(lenet())
  const call = (kernelOnly: string, image: string): string =>
    `${text}\nleNet({ 'c1/conv/kernel': tf.zeros([5, 5, 1, 6])${kernelOnly} }, { image: ${image} })`
  const errors = typeErrors([
    call('', 'tf.zeros([1, 32, 32, 1])'),
    call(", 'c1/conv/bias': tf.zeros([6])", 'tf.tensor3d([[[1]]])'),
  ])
  assert.is(errors.length, 2)
  assert.match(errors[0]!, "Property ''c1/conv/bias'' is missing")
  assert.match(errors[1]!, "Type 'Tensor3D' is not assignable to type 'Tensor4D'")
})

const weightsObject = (graph: Graph, tf: Parameters<typeof weightsFor>[1]): Disposable =>
  Object.fromEntries(weightsFor(graph, tf))

s('gives exactly the numbers of the runner, and leaks nothing', () =>
  withBackend('cpu', async (tf) => {
    const graph = sampleGraph()
    const { prepare, sampleNet } = (await importEmitted(await emit(graph))) as { prepare: Prepare; sampleNet: Run }
    const weights = weightsObject(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { H: 6, W: 5 } })
    const runner = runnerOf(graph, tf)
    runner.load(new Map(Object.entries(weights)))
    const expected = bitsOf(runner.run(inputs))
    const before = tf.memory().numTensors
    const prepared = prepare(weights)
    assert.is(tf.memory().numTensors, before + 2)
    const outputs = sampleNet(weights, prepared, inputs)
    assert.equal(bitsOf(outputs), expected)
    tf.dispose(outputs)
    assert.is(tf.memory().numTensors, before + 2)
    tf.dispose(prepared)
    assert.is(tf.memory().numTensors, before)
  }))

s('lists every weight with its shape, and whether it is trained', async () => {
  const { weightShapes } = await importEmitted(await emit(sampleGraph()))
  assert.equal(weightShapes, {
    'stem/kernel': { shape: [3, 3, 3, 4], trainable: true },
    'stem/bias': { shape: [4], trainable: false },
    unread: { shape: [7], trainable: false },
  })
})

s('names things as the model does, but for names that are taken', () =>
  withBackend('cpu', async (tf) => {
    const graph = awkwardNames()
    const module = (await importEmitted(await emit(graph))) as unknown as { prepare: Prepare; prepare_2: Run }
    const weights = weightsObject(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { new: 3, weights: 2 } })
    const outputs = module.prepare_2(weights, module.prepare(weights), inputs)
    const runner = runnerOf(graph, tf)
    runner.load(new Map(Object.entries(weights)))
    assert.equal(bitsOf(outputs), bitsOf(runner.run(inputs)))
  }))

s('writes constants to the bit, and takes only what it reads', () =>
  withBackend('cpu', async (tf) => {
    const graph = constants()
    const module = (await importEmitted(await emit(graph))) as {
      prepare: () => Disposable
      constants: (prepared: Disposable) => Disposable
    }
    assert.is(module.prepare.length, 0)
    assert.equal(bitsOf(module.constants(module.prepare())), bitsOf(runnerOf(graph, tf).run({})))
  }))

s('refuses inputs the model was not checked for', () =>
  withBackend('cpu', async (tf) => {
    const g = buildGraph('Checked')
    const H = inputExtent('H', { modulus: 4, remainder: 1, min: 5, max: 13 })
    g.output('a', g.op('relu', { x: g.input('a', [H, 2]) }))
    g.output('b', g.op('relu', { x: g.input('b', [H, 3]) }))
    g.require(inputExtent('H', { modulus: 4, remainder: 1, min: 5, max: 13 }), 'b/pool')
    const { checked } = (await importEmitted(await emit(g.graph()))) as { checked: Run }
    const refusal = (a: readonly number[], b: readonly number[]): string => {
      try {
        checked({ a: tf.zeros([...a]), b: tf.zeros([...b]) })
        return 'none'
      } catch (error) {
        assert.instance(error, RangeError)
        return (error as RangeError).message
      }
    }
    assert.is(refusal([1, 9, 2], [1, 9, 3]), 'none')
    assert.is(refusal([1, 9, 4], [1, 9, 3]), 'a must be [batch, 9, 2], not [1, 9, 4]')
    assert.is(refusal([1, 9, 2], [1, 5, 3]), 'b must be [batch, 9, 3], not [1, 5, 3]')
    assert.is(refusal([1, 8, 2], [1, 8, 3]), 'H % 4 must be 1')
    assert.is(refusal([1, 1, 2], [1, 1, 3]), 'H must be at least 5')
    assert.is(refusal([1, 17, 2], [1, 17, 3]), 'H must be at most 13')
  }))

s('refuses a map that is smaller than the one it is cut to', () =>
  withBackend('cpu', async (tf) => {
    const graph = graphOf(`model Cut {
  input picture: [H, W, 1]
  input mask: [h, w, 1] where H > h and W >= w
  output y = picture |> crop(like: mask)
}`)
    const { cut } = (await importEmitted(await emit(graph))) as { cut: Run }
    const picture = tf.tensor([...Array(12).keys()], [1, 4, 3, 1])
    assert.equal([...cut({ picture, mask: tf.zeros([1, 2, 1, 1]) })['y']!.dataSync()], [4, 7])
    assert.throws(
      () => cut({ picture, mask: tf.zeros([1, 4, 1, 1]) }),
      (error: unknown) => error instanceof RangeError && error.message === 'H must be at least h + 1',
    )
    assert.throws(
      () => cut({ picture, mask: tf.zeros([1, 3, 4, 1]) }),
      (error: unknown) => error instanceof RangeError && error.message === 'W must be at least w',
    )
  }))

s('is not written for what TensorFlow.js cannot compute', async () => {
  const emitted = await emitModule(unsupportedGraph(), { source: 'x.fmw', version: '1.2.3', format: true })
  assert.ok('unsupported' in emitted)
  assert.is(emitted.unsupported[0]!.node.path, 'norm/batch_norm')
})

s.run()
