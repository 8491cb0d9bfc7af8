import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { initialWeights } from '../../src/runtime/weights/initial-weights.ts'
import { withBackend } from '../backends.ts'
import { emit, importModel, treeOf } from '../codegen/emitted.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import { bitsOf, inputsFor } from '../graph-tensors.ts'
import { chosenNetworks } from './chosen.ts'
import { compilePublished } from './compile-published.ts'
import type { Published } from './published.ts'

const networks = suite('published networks, run')

const graphOf = (network: Published, set?: Readonly<Record<string, string>>): Graph => {
  const [graph] = compilePublished(network, set).graphs
  if (!graph) throw new Error(`${network.file} has errors`)
  return graph
}

for (const network of chosenNetworks) {
  const { file, model, short = {} } = network
  const extents = short.extents ?? network.extents ?? {}
  networks(`${file} ${model} computes finite numbers of the derived shapes, the same in its module`, () =>
    withBackend('wasm', async (tf) => {
      const graph = graphOf(network, short.set)
      const outputs = await run(graph, tf, extents)
      for (const { name, node } of graph.outputs) {
        const tensor = outputs[name]!
        assert.equal(tensor.shape, [2, ...node.type.shape.map(({ dim }) => evaluate(dim, extents))])
        const values = tensor.dataSync()
        assert.ok(values.every(Number.isFinite), `${name} is not finite`)
        assert.ok(values.some((value) => value !== values[0]) || values.length <= 2, `${name} is ${values[0]} everywhere`)
      }
    }),
  )
}

/** Two samples of random numbers through the network with fresh weights, by the runner and by the emitted module. */
async function run(graph: Graph, tf: Tfjs, extents: Readonly<Record<string, number>>) {
  const weights = [...initialWeights(weightsOf(graph), 7)].map(
    ([path, { shape, values }]) => [path, tf.tensor(values, [...shape])] as const,
  )
  const runner = runnerOf(graph, tf)
  runner.load(new Map(weights))
  const inputs = inputsFor(graph, tf, { extents, batch: 2 })
  const outputs = runner.run(inputs)
  const { apply } = await importModel(await emit(graph), graph.name)
  assert.equal(bitsOf(apply(treeOf(new Map(weights)), inputs)), bitsOf(outputs))
  return outputs
}

networks.run()
