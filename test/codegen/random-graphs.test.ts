import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withBackend } from '../backends.ts'
import { bitsOf, evaluateNaively, inputsFor, weightsFor } from '../graph-tensors.ts'
import { anyGraph } from '../random-graph.ts'
import { emit, importModel, treeOf, typeErrors } from './emitted.ts'
import { runnerOf } from './runner-of.ts'
import { fewerRuns } from '../seeded-tenth.ts'

const s = suite('any graph')

s('gives the same bits node by node, by the runner and by the emitted module, and leaks nothing', () =>
  withBackend('cpu', (tf) =>
    fc.assert(
      fc.asyncProperty(anyGraph, async ({ graph, extents, batch }) => {
        const weights = weightsFor(graph, tf)
        const inputs = inputsFor(graph, tf, { extents, batch })
        const expected = bitsOf(evaluateNaively(graph, tf, weights, inputs, extents))
        const before = tf.memory().numTensors
        const runner = runnerOf(graph, tf)
        runner.load(weights)
        const outputs = runner.run(inputs)
        assert.equal(bitsOf(outputs), expected)
        tf.dispose(outputs)
        runner.dispose()
        assert.is(tf.memory().numTensors, before)
        const text = await emit(graph)
        const { apply } = await importModel(text, graph.name)
        const emitted = apply(treeOf(weights), inputs)
        assert.equal(bitsOf(emitted), expected)
        tf.dispose(emitted)
        assert.is(tf.memory().numTensors, before)
      }),
      { numRuns: fewerRuns(60), endOnFailure: true, includeErrorInReport: true },
    ),
  ))

s('is emitted as strict TypeScript', async () => {
  const texts = await Promise.all(fc.sample(anyGraph, { seed: 7, numRuns: fewerRuns(50) }).map(({ graph }) => emit(graph)))
  const found = typeErrors(texts)
  assert.equal(found, [])
})

s.run()
