import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { createTrainingRunner } from '../../src/codegen/tfjs/training-runner.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { mendGradients } from '../../src/codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { compilePublished } from '../networks/compile-published.ts'
import { published as networks } from '../networks/published.ts'
import { inputsFor } from '../graph-tensors.ts'
import { emit, flatWeights, importModel, importTraining, type Handle } from './emitted.ts'

const s = suite('training an emitted module')

type Tensors = Readonly<Record<string, tfjs.Tensor>>

/** Blocks, a loop, normalisation, dropout, a layer that is used twice and one that is frozen. */
const network = graphOf(`block Unit(x: [H, W, C], width: int) -> [H, W, width] {
  return x |> conv(width, 3x3, padding: same, bias: false) as _ |> norm.batch(momentum: 0.9) as _ |> relu |> dropout(0.25)
}
model Network {
  input x: [6, 6, 2]
  layer shared = norm.batch(_, momentum: 0.5) as _
  for i in range(3) { x = Unit(x, 4) as units }
  x = freeze Unit(x, 4) as frozen
  x = shared(x) + shared(x * 2)
  output logits = x |> pool.global |> dropout(0.5) |> dense(3) as _
}`)

const rate = 0.1

/** The mean of the squares of all outputs. */
const lossOf = (tf: Tfjs, outputs: readonly tfjs.Tensor[]): tfjs.Scalar =>
  outputs.map((output) => tf.mean<tfjs.Scalar>(tf.square(output))).reduce((a, b) => tf.add(a, b))

/** Steps of plain gradient descent by the module: the losses, and the weights at the end by path. */
function byModule(tf: Tfjs, net: Handle, inputs: Tensors, steps: number): Steps {
  const losses = Array.from({ length: steps }, (_, seed) => {
    const { value, grads } = tf.variableGrads(() => lossOf(tf, Object.values(net.apply(inputs, { training: true, seed }))), net.trainable)
    for (const variable of net.trainable) variable.assign(tf.sub(variable, tf.mul(grads[variable.name]!, rate)))
    return value.dataSync()[0]!
  })
  return { losses, weights: new Map(flatWeights(net.weights).map(([path, tensor]) => [path, [...tensor.dataSync()]])) }
}

interface Steps {
  readonly losses: readonly number[]
  readonly weights: ReadonlyMap<string, readonly number[]>
}

/** The same by what `fmw train` steps with. */
function byRunner(tf: Tfjs, graph: Graph, start: ReadonlyMap<string, tfjs.Tensor>, inputs: Tensors, steps: number): Steps {
  const created = createTrainingRunner(graph, graph.outputs.map(({ node }) => node), tf)
  if ('unsupported' in created) throw new Error('unsupported')
  const weights = new Map([...start].map(([path, tensor]) => [path, tf.clone(tensor)]))
  const trained = weightsOf(graph).filter(({ kind, trainable }) => kind === 'param' && trainable).map(({ path }) => path)
  const losses = Array.from({ length: steps }, (_, seed) => {
    let updates: ReadonlyMap<string, tfjs.Tensor> = new Map()
    const { value, grads } = tf.valueAndGrads((...given: tfjs.Tensor[]) => {
      const all = new Map([...weights, ...given.map((tensor, i) => [trained[i]!, tensor] as const)])
      const forward = created.runner.forward({ weights: all, inputs, seed })
      updates = new Map([...forward.updates].map(([path, tensor]) => [path, tf.keep(tensor)]))
      return lossOf(tf, forward.values)
    })(trained.map((path) => weights.get(path)!))
    for (const [i, path] of trained.entries()) weights.set(path, tf.sub(weights.get(path)!, tf.mul(grads[i]!, rate)))
    for (const [path, tensor] of updates) weights.set(path, tensor)
    return value.dataSync()[0]!
  })
  return { losses, weights: new Map([...weights].map(([path, tensor]) => [path, [...tensor.dataSync()]])) }
}

const published = (file: string, model: string, set: Readonly<Record<string, string>> = {}): Graph =>
  compilePublished(networks.find((one) => one.file === file && one.model === model)!, set).graphs[0]!

const cases = [
  { name: 'of blocks, loops and layers', graph: network, steps: 5, backends: ['cpu', 'wasm'] },
  { name: 'ResNet-18 on small images', graph: published('resnets', 'ResNet18', { classes: '3' }), steps: 2, backends: ['wasm'] },
  { name: 'EfficientNet on small images', graph: published('efficientnet', 'EfficientNet', { size: '32' }), steps: 1, backends: ['wasm'] },
] as const

for (const { name, graph, steps, backends } of cases) {
  for (const backend of backends) {
    s(`has the losses of fmw train on the same batches, and the same weights after them: ${name} on ${backend}`, () =>
      withBackend(backend, async (tf) => {
        const { model } = await importModel(await emit(graph), graph.name)
        await importTraining()
        mendGradients(tf)
        const net = model.init({ seed: 3 })
        const inputs = inputsFor(graph, tf, { batch: 2, extents: { H: 32, W: 32 } })
        const wanted = byRunner(tf, graph, new Map(flatWeights(net.weights)), inputs, steps)
        const found = byModule(tf, net, inputs, steps)
        assert.equal(found.losses, wanted.losses)
        assert.ok(new Set(found.losses).size === steps)
        for (const [path, values] of wanted.weights) assert.equal(found.weights.get(path), values, path)
        net.dispose()
      }))
  }
}

s('leaks nothing over steps', () =>
  withBackend('wasm', async (tf) => {
    const { model } = await importModel(await emit(network), 'Network')
    await importTraining()
    const net = model.init()
    const inputs = inputsFor(network, tf, { batch: 2 })
    const step = (): void =>
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => lossOf(tf, Object.values(net.apply(inputs, { training: true }))), net.trainable)
        for (const variable of net.trainable) variable.assign(tf.sub(variable, tf.mul(grads[variable.name]!, rate)))
      })
    step()
    const before = tf.memory().numTensors
    for (let i = 0; i < 20; i++) step()
    assert.is(tf.memory().numTensors, before)
    net.dispose()
  }))

s.run()
