import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { bitsOf, inputsFor, weightsFor } from '../graph-tensors.ts'
import { fewerRuns } from '../seeded-tenth.ts'
import { emit, importModel, treeOf, typeErrors } from './emitted.ts'
import { anyStructuredProgram } from './random-text.ts'
import { runnerOf } from './runner-of.ts'

const s = suite('any text')

s('its module gives the same bits as the runner, and leaves nothing behind', () =>
  withBackend('wasm', (tf) =>
    fc.assert(
      fc.asyncProperty(anyStructuredProgram, async (text) => {
        const graph = graphOf(text)
        const { apply } = await importModel(await emit(graph), graph.name)
        const weights = weightsFor(graph, tf)
        const inputs = inputsFor(graph, tf, { extents: { H: 7, W: 8 } })
        const runner = runnerOf(graph, tf)
        runner.load(weights)
        const expected = runner.run(inputs)
        const before = tf.memory().numTensors
        const found = apply(treeOf(weights), inputs)
        assert.equal(bitsOf(found), bitsOf(expected))
        tf.dispose(found)
        assert.is(tf.memory().numTensors, before)
        tf.dispose([expected, inputs, [...weights.values()]])
        runner.dispose()
      }),
      { numRuns: fewerRuns(200), endOnFailure: true, includeErrorInReport: true },
    ),
  ))

s('its module is strict TypeScript', async () => {
  const texts = fc.sample(anyStructuredProgram, fewerRuns(200))
  const modules = await Promise.all(texts.map((text) => emit(graphOf(text))))
  assert.equal(typeErrors(modules), [])
})

s.run()
