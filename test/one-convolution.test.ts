import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weightsOf, type Graph } from '../src/compiler/graph/graph.ts'
import { statsOf } from '../src/compiler/facts/stats.ts'
import { availableBackends, withBackend } from './backends.ts'
import { runnerOf } from './codegen/runner-of.ts'
import { modelsOf } from './example-models.ts'
import { inputsFor, weightsFor } from './graph-tensors.ts'

const s = suite('a static weighted sum of convolutions is one convolution')

const models = modelsOf('systems/17-one-convolution.fmw')
const [sum, one] = [models[0]!, models[1]!]

/** The path in the one convolution of a weight of the sum. */
const pathInOne = (path: string): string =>
  path.replace('y/fuse/logits', 'logits').replace(/^y\/(\d)\/conv\/(kernel|bias)$/, 'y/conv/$2/$1')

s('both have the same weights, under other paths, and the sum three times the multiply-adds', () => {
  assert.equal(weightsOf(sum).map(({ path }) => pathInOne(path)).sort(), weightsOf(one).map(({ path }) => path).sort())
  assert.is(statsOf(sum).parameters.total, statsOf(one).parameters.total)
  assert.is(statsOf(sum).macs, 3 * Number(statsOf(one).macs))
})

s('both give the same within 1e-5 for the same weights, on every backend', async () => {
  for (const backend of await availableBackends()) {
    const [wanted, found] = await withBackend(backend, (tf) => {
      const weights = weightsFor(sum, tf)
      const renamed = new Map([...weights].map(([path, tensor]) => [pathInOne(path), tensor]))
      const inputs = inputsFor(sum, tf)
      const valuesOf = (graph: Graph, given: ReadonlyMap<string, tfjs.Tensor>): readonly number[] => {
        const runner = runnerOf(graph, tf)
        runner.load(new Map(given))
        return [...runner.run(inputs).y!.dataSync()]
      }
      return [valuesOf(sum, weights), valuesOf(one, renamed)]
    })
    assert.is(found!.length, wanted!.length)
    const size = wanted!.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    const worst = wanted!.reduce((largest, value, i) => Math.max(largest, Math.abs(value - found![i]!)), 0)
    assert.ok(worst <= 1e-5 * size, `${backend}: differs by ${worst}, largest value ${size}`)
    assert.ok(new Set(found!.map((value) => value.toFixed(2))).size > 100, `${backend}: the values are not constant`)
  }
})

s.run()
