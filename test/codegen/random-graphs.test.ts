import fc from 'fast-check'
import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { withBackend } from '../backends.ts'
import { bitsOf, evaluateNaively, inputsFor, weightsFor, type Tensors } from '../graph-tensors.ts'
import { anyGraph } from '../random-graph.ts'
import { emit, importEmitted, typeErrors } from './emitted.ts'
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
        const emitted = runEmitted(await importEmitted(text), weights, inputs, tf)
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

/** Calls the module's functions with what their signatures say they read. */
function runEmitted(
  module: Readonly<Record<string, unknown>>,
  weights: ReadonlyMap<string, tfjs.Tensor>,
  inputs: Tensors,
  tf: Tfjs,
): Tensors {
  const { prepare, random } = module as {
    prepare?: (weights: Tensors) => Tensors
    random: (...args: readonly Tensors[]) => Tensors
  }
  const all = Object.fromEntries(weights)
  const prepared = prepare?.(all)
  const readsWeights = random.length > 1 + (prepared ? 1 : 0)
  const outputs = random(...(readsWeights ? [all] : []), ...(prepared ? [prepared] : []), inputs)
  if (prepared) tf.dispose(prepared)
  return outputs
}

s.run()
