import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphOf } from './compile-text.ts'
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

s('kernels of several sizes are one, with zeros around the taps of the smaller', async () => {
  const text = (body: string): string => `model M {\n  input x: [9, 12, 3]\n${body}\n}\n`
  const several = graphOf(
    text(`  layer a = conv(_, 4, 1x1, stride: 2, bias: false)
  layer b = conv(_, 4, 3x3, stride: 2, padding: same, bias: false)
  layer c = conv(_, 4, 5x5, stride: 2, padding: same, bias: false)
  output y = a(x) + b(x) + c(x)`),
  )
  const single = graphOf(text('  layer c = conv(_, 4, 5x5, stride: 2, padding: same, bias: false)\n  output y = c(x)'))
  await withBackend('cpu', (tf) => {
    const weights = weightsFor(several, tf)
    const inputs = inputsFor(several, tf)
    // an odd size is padded evenly, an even one of stride 2 by one more behind: there a place is read one tap further on
    const placed = (path: string, [top, left]: readonly [number, number]) => {
      const kernel = weights.get(path)! as tfjs.Tensor4D
      const size = kernel.shape[0]
      return tf.pad(kernel, [[top, 5 - size - top], [left, 5 - size - left], [0, 0], [0, 0]])
    }
    const sum = tf.addN([placed('a/conv/kernel', [2, 1]), placed('b/conv/kernel', [1, 1]), placed('c/conv/kernel', [0, 0])])
    const valuesOf = (graph: Graph, given: ReadonlyMap<string, tfjs.Tensor>): readonly number[] => {
      const runner = runnerOf(graph, tf)
      runner.load(new Map(given))
      return [...runner.run(inputs).y!.dataSync()]
    }
    const wanted = valuesOf(several, weights)
    const found = valuesOf(single, new Map([['c/conv/kernel', sum]]))
    assert.is(found.length, wanted.length)
    found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]!) < 1e-4, `${i}: ${value} for ${wanted[i]}`))
  })
})

s.run()
