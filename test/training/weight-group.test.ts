import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { sizeOf, type TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { WeightNode } from '../../src/compiler/graph/graph.ts'
import { optimizerNames, optimizerOf, type OptimizerOptions } from '../../src/runtime/training/optimizer-of.ts'
import { createWeightGroup } from '../../src/runtime/training/weight-group.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { weightNode } from '../runtime/weight-node.ts'
import { near } from './near.ts'

const s = suite('a group of weights')

const shapes = new Map([
  ['scalar', []],
  ['kernel', [5, 3]],
  ['vector', [3]],
  ['other', [1, 3, 7]],
])

const nodes: readonly WeightNode[] = [...shapes].map(([path, shape]) => ({
  ...weightNode(path, shape),
  ...(path === 'vector' && { within: [-0.5, 0.25] as const }),
}))

const drawn = (name: string, shape: readonly number[]): TensorData => {
  const { normal } = randomStream(3, name)
  return { shape, values: Float32Array.from({ length: sizeOf(shape) }, () => normal()) }
}

const start = new Map([...shapes].map(([path, shape]) => [path, drawn(path, shape)]))

const settings: readonly OptimizerOptions[] = [
  ...optimizerNames.map((name) => ({ name })),
  { name: 'sgd', weightDecay: 0.1 },
  { name: 'momentum', nesterov: true, weightDecay: 0.1 },
]

const steps = [1, 2, 3, 4, 5]

for (const backend of await availableBackends()) {
  s(`every optimiser moves each weight of a group as if it were alone, within its bounds, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      for (const options of settings) {
        const optimizer = optimizerOf(options)
        const group = createWeightGroup({ nodes: nodes, rate: 1, since: 0 }, optimizer, { weights: start, slots: new Map() }, tf)
        const gradientsOf = (step: number) =>
          nodes.map(({ path }) => drawn(`gradient ${step} of ${path}`, shapes.get(path)!))
        for (const step of steps) {
          const gradients = new Map(gradientsOf(step).map(({ shape, values }, i) => [nodes[i]!.path, tf.tensor(values, [...shape])]))
          group.assign(group.updated(group.joined(gradients), { rate: 0.1 / step, step }))
        }
        for (const [i, { path, within }] of nodes.entries()) {
          const tensor = ({ shape, values }: TensorData): Tensor => tf.tensor(values, [...shape])
          let weight = tensor(start.get(path)!)
          let slots = optimizer.slots.map((): Tensor => tf.zerosLike(weight))
          for (const step of steps) {
            const next = optimizer.update(tf, { weight, slots, gradient: tensor(gradientsOf(step)[i]!), rate: 0.1 / step, step })
            weight = within ? tf.clipByValue(next.weight, ...within) : next.weight
            slots = [...next.slots]
          }
          const said = `${JSON.stringify(options)}: ${path}`
          near(group.data().get(path)!.values, weight.dataSync(), 1e-6, said)
          assert.equal(group.data().get(path)!.shape, shapes.get(path), said)
          for (const [k, slot] of optimizer.slots.entries())
            near(group.slots().get(`${slot}/${path}`)!.values, slots[k]!.dataSync(), 1e-6, `${said}: ${slot}`)
        }
        group.dispose()
      }
    }))

  s(`what is no number is not moved into bounds, whether the weight has some or not, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const group = createWeightGroup({ nodes: nodes, rate: 1, since: 0 }, optimizerOf({ name: 'sgd' }), { weights: start, slots: new Map() }, tf)
      group.assign(group.updated(tf.fill([40], NaN), { rate: 1, step: 1 }))
      for (const [path, { values }] of group.data()) assert.ok(values.every(Number.isNaN), path)
      group.assign({ vector: tf.fill([40], 3), slots: [] })
      group.assign(group.updated(tf.fill([40], -Infinity), { rate: 1, step: 2 }))
      assert.equal([...group.data().get('vector')!.values], [0.25, 0.25, 0.25])
      assert.equal([...group.data().get('scalar')!.values], [Infinity])
      group.dispose()
    }))

  s(`a vector is taken apart and put together again, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const group = createWeightGroup({ nodes: nodes, rate: 1, since: 0 }, optimizerOf({ name: 'sgd' }), { weights: start, slots: new Map() }, tf)
      const vector = tf.range(0, 40)
      const parts = group.parts(vector)
      assert.equal([...parts].map(([path, { shape }]) => [path, shape]), [...shapes])
      assert.equal([...parts.get('kernel')!.dataSync()], Array.from({ length: 15 }, (_, i) => 1 + i))
      assert.equal([...group.joined(parts).dataSync()], [...vector.dataSync()])
      for (const [path, tensor] of group.weights()) assert.equal([...tensor.dataSync()], [...start.get(path)!.values], path)
      group.dispose()
    }))
}

s('a weight that nothing is given for is a mistake of the program, named', () =>
  withBackend('cpu', (tf) => {
    const lacking = { weights: new Map([...start].slice(1)), slots: new Map() }
    assert.throws(() => createWeightGroup({ nodes: nodes, rate: 1, since: 0 }, optimizerOf({ name: 'sgd' }), lacking, tf), /no weight scalar to begin with/)
  }))

s.run()
