import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { planOf } from '../../src/codegen/tfjs/plan.ts'
import { createTrainingRunner } from '../../src/codegen/tfjs/training-runner.ts'
import { withOutputs } from '../../src/compiler/ir/with-outputs.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { inputsFor, weightsFor, type Tensors } from '../graph-tensors.ts'
import { emit, importModel, treeOf } from './emitted.ts'
import { runnerOf } from './runner-of.ts'

const s = suite('what is made of weights in the size of an input')

/** A trained table, doubled and then stretched over the image: what is added to each sample. */
const graph = graphOf(`
model Positions {
  input image: [H, W, 2]
  param table: [2, 3, 2] = ones
  places = 2 * table |> resize(to: [image.height, image.width], method: nearest) |> relu
  output sum = image + places
  output alone = places
}
`)
const places = graph.outputs.find(({ name }) => name === 'alone')!.node

/** By the definition of the nearest place, `floor((i + 0.5) · n / m)`; no batch. */
function expected(weights: ReadonlyMap<string, tfjs.Tensor>, height: number, width: number): readonly number[] {
  const table = weights.get('table')!.dataSync()
  const read = (i: number, of: number, to: number): number => Math.floor(((i + 0.5) * of) / to)
  return Array.from({ length: height * width * 2 }, (_, at) => {
    const [i, j, c] = [Math.floor(at / (2 * width)), Math.floor(at / 2) % width, at % 2]
    return Math.max(0, 2 * table[(read(i, 2, height) * 3 + read(j, 3, width)) * 2 + c]!)
  })
}

const sizes = [
  { H: 4, W: 6 },
  { H: 5, W: 3 },
  { H: 1, W: 7 },
]

function check(run: (inputs: Tensors) => Tensors, weights: ReadonlyMap<string, tfjs.Tensor>, tf: Tfjs): void {
  for (const extents of sizes) {
    const inputs = inputsFor(graph, tf, { extents })
    const { sum, alone } = run(inputs)
    const wanted = expected(weights, extents.H, extents.W)
    assert.equal(alone!.shape, [extents.H, extents.W, 2])
    assert.equal([...alone!.dataSync()], wanted)
    const image = inputs['image']!.dataSync()
    assert.equal([...sum!.dataSync()], [...image].map((value, i) => Math.fround(value + wanted[i % wanted.length]!)))
  }
}

s('depends on the extents, and neither on weights alone nor on a sample', () => {
  assert.equal(
    graph.nodes.map(({ kind, path, type }) => `${kind} ${path} ${type.depends}`),
    [
      'input image inputs',
      'param table weights',
      'constant places/constant weights',
      'op places/mul weights',
      'op places/resize/resize_map extents',
      'op places/relu extents',
      'op sum/add inputs',
    ],
  )
})

s('is computed in the run, and before it only what comes first', () => {
  const planned = planOf(graph)
  assert.ok('plan' in planned)
  assert.equal(planned.plan.prepare.map(({ node }) => node.path), ['places/mul'])
  assert.equal(planned.plan.run.map(({ node }) => node.path), ['places/resize/resize_map', 'places/relu', 'sum/add'])
})

s('has the size of each run’s input in the runner', () =>
  withBackend('cpu', (tf) => {
    const weights = weightsFor(graph, tf)
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    check((inputs) => runner.run(inputs), weights, tf)
  }))

s('has the size of each run’s input in the emitted module', () =>
  withBackend('cpu', async (tf) => {
    const weights = weightsFor(graph, tf)
    const { apply } = await importModel(await emit(graph), graph.name)
    check((inputs) => apply(treeOf(weights), inputs), weights, tf)
  }))

s('has the size of each batch in training, where its gradient reaches the weights', () =>
  withBackend('cpu', (tf) => {
    const weights = weightsFor(graph, tf)
    const outputs = graph.outputs.map(({ node }) => node)
    const created = createTrainingRunner(graph, outputs, tf)
    assert.ok('runner' in created)
    const forward = (inputs: Tensors, given = weights): readonly tfjs.Tensor[] =>
      created.runner.forward({ weights: given, inputs, seed: 1 }).values
    check((inputs) => Object.fromEntries(forward(inputs).map((value, i) => [graph.outputs[i]!.name, value])), weights, tf)
    // each of the 2 x 3 places of the table is read by 2 x 2 places of the image, where it is positive
    const inputs = inputsFor(graph, tf, { extents: { H: 4, W: 6 } })
    const gradient = tf.grad((table: tfjs.Tensor) => tf.sum(forward(inputs, new Map([['table', table]]))[1]!))(weights.get('table')!)
    const wanted = [...weights.get('table')!.dataSync()].map((value) => (value > 0 ? 2 * 4 : 0))
    assert.equal([...gradient.dataSync()], wanted)
  }))

s('still needs the input when it is asked for alone', () =>
  withBackend('cpu', (tf) => {
    const part = withOutputs(graph, [places])
    assert.equal(part.inputs.map(({ name }) => name), ['image'])
    const weights = weightsFor(graph, tf)
    const runner = runnerOf(part, tf)
    runner.load(weights)
    const [alone] = Object.values(runner.run(inputsFor(graph, tf, { extents: { H: 5, W: 3 } })))
    assert.equal([...alone!.dataSync()], expected(weights, 5, 3))
  }))

s.run()
