import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate } from '../src/compiler/dim/expr.ts'
import { weightsOf, type Graph } from '../src/compiler/graph/graph.ts'
import type { Tfjs } from '../src/codegen/tfjs/apply.ts'
import { initialWeights } from '../src/runtime/weights/initial-weights.ts'
import { availableBackends, withBackend } from './backends.ts'
import { emit, importModel, treeOf } from './codegen/emitted.ts'
import { runnerOf } from './codegen/runner-of.ts'
import { exampleFiles, modelsOf } from './example-models.ts'
import { bitsOf, inputsFor } from './graph-tensors.ts'

const examples = suite('examples, run')

/** A size for the symbolic extents of the examples: small, and what every `where` allows. */
const extents = { H: 32, W: 48 }

type Outputs = Readonly<Record<string, tfjs.Tensor>>

const models = exampleFiles.flatMap((file) => modelsOf(file).map((graph) => ({ name: `${file} ${graph.name}`, graph })))

function freshWeights(graph: Graph, tf: Tfjs): Map<string, tfjs.Tensor> {
  return new Map(
    [...initialWeights(weightsOf(graph), 7)].map(([path, { shape, values }]) => [path, tf.tensor(values, [...shape])]),
  )
}

function runOn(graph: Graph, tf: Tfjs, weights = freshWeights(graph, tf)): Outputs {
  const runner = runnerOf(graph, tf)
  runner.load(weights)
  return runner.run(inputsFor(graph, tf, { extents, batch: 1 }))
}

for (const { name, graph } of models) {
  examples(`${name} gives the same on every backend within 1e-4, in the shapes the compiler derived`, async () => {
    const results: { readonly backend: string; readonly values: Readonly<Record<string, readonly number[]>> }[] = []
    for (const backend of await availableBackends()) {
      const values = await withBackend(backend, (tf) => {
        const outputs = runOn(graph, tf)
        for (const { name: output, node } of graph.outputs) {
          assert.equal(outputs[output]!.shape, [1, ...node.type.shape.map(({ dim }) => evaluate(dim, extents))])
        }
        return Object.fromEntries(Object.entries(outputs).map(([output, tensor]) => [output, [...tensor.dataSync()]]))
      })
      results.push({ backend, values })
    }
    assert.ok(results.length > 1)
    const [reference, ...others] = results
    for (const { backend, values } of others) {
      for (const [output, numbers] of Object.entries(reference!.values))
        assertClose(values[output]!, numbers, `${output} on ${backend}`)
    }
  })

  examples(`${name} gives in the built module exactly what it gives in a run`, () =>
    withBackend('wasm', async (tf) => {
      const weights = freshWeights(graph, tf)
      const { apply } = await importModel(await emit(graph), graph.name)
      const outputs = apply(treeOf(weights), inputsFor(graph, tf, { extents, batch: 1 }))
      assert.equal(bitsOf(outputs), bitsOf(runOn(graph, tf, weights)))
    }))
}

/** Equal within 1e-4 of the largest value. */
function assertClose(actual: readonly number[], expected: readonly number[], what: string): void {
  assert.is(actual.length, expected.length, what)
  const size = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  const worst = expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - actual[i]!)), 0)
  assert.ok(worst <= 1e-4 * size, `${what}: differs by ${worst}, largest value ${size}`)
  assert.ok(expected.every(Number.isFinite), `${what} is not finite`)
}

examples.run()
