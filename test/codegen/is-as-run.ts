import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { bitsOf, inputsFor, weightsFor } from '../graph-tensors.ts'
import { emit, importModel, treeOf } from './emitted.ts'
import { runnerOf } from './runner-of.ts'

/** The module of a graph gives the same bits as the runner, and leaves nothing behind. */
export async function isAsRun(graph: Graph, tf: Tfjs, extents: Readonly<Record<string, number>> = { H: 7, W: 8 }): Promise<void> {
  const { apply } = await importModel(await emit(graph), graph.name)
  const weights = weightsFor(graph, tf)
  const inputs = inputsFor(graph, tf, { extents })
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
}
