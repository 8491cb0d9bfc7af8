import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { printShape } from '../../src/compiler/dim/print.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { statsOf } from '../../src/compiler/facts/stats.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { createLearner } from '../../src/runtime/training/learner.ts'
import { objectiveOf } from '../../src/runtime/training/objective.ts'
import { optimizerOf } from '../../src/runtime/training/optimizer-of.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { codesOf } from '../compile-text.ts'

const prints = suite('what the reference systems print')

function graphOf(name: string): Graph {
  const file = `examples/systems/${name}.fmw`
  return compile(file, readFileSync(file, 'utf8'), nodeHost).graphs[0]!
}

prints('systems 1 to 3 weight 32 maps of 64x64 and keep their shape', () => {
  for (const name of ['01-static-weighting', '02-learned-weighting', '03-attention-weighting']) {
    assert.is(printShape(graphOf(name).outputs[0]!.node.type.shape), '[64, 64, 32]', name)
  }
})

prints('system 1 refuses weights of another number than the channels', () => {
  const text = (count: number): string =>
    `model M {\n  input x: [4, 4, 32]\n  output y = weight.static(x, [for i in range(${count}): 1.0])\n}\n`
  assert.equal(codesOf(text(32)), [])
  assert.equal(codesOf(text(31)).length, 1)
})

prints('system 2 prints weights of about 0.9994 after a step with rate 0.01 on standard normal maps and targets', async () => {
  const graph = graphOf('02-learned-weighting')
  const { normal } = randomStream(1, 'maps')
  const maps = () => ({ shape: [1, 64, 64, 32], values: Float32Array.from({ length: 64 * 64 * 32 }, normal) })
  const [output] = graph.outputs
  const batch = { inputs: { maps: maps() }, targets: { [output!.name]: maps() } }
  const ones = new Map([['weighted/weight/scale', { shape: [32], values: new Float32Array(32).fill(1) }]])
  for (const backend of await availableBackends()) {
    const weights = await withBackend(backend, (tf) => {
      const task = { graph, tf, objectives: [objectiveOf({ output: output!, loss: 'mse', weight: 1 })], optimizer: optimizerOf({ name: 'sgd' }) }
      const learner = createLearner(task, { weights: ones, slots: new Map() })
      learner.step(batch, { step: 1, rate: 0.01, seed: 1, annealSteps: 1 })
      const found = learner.weights().get('weighted/weight/scale')!.values
      learner.dispose()
      return found
    })
    // 1 - 0.01 · 2 / 32 · mean(x · (x - t)), where the mean over 4096 places is about 1: it deviates by √3 / 64
    const deviation = 0.000625 * (Math.sqrt(3) / 64)
    for (const weight of weights) assert.ok(Math.abs(weight - 0.999375) < 5 * deviation, `${weight} on ${backend}`)
  }
})

prints('systems 4 to 6 have the parameters that Keras counts, the gates included', () => {
  const names = ['04-static-indexing', '05-dynamic-masking', '06-learnable-gating']
  const counts = names.map((name) => statsOf(graphOf(name)).parameters.trainable)
  assert.equal(counts, [320 + 4_672, 320 + 64 + 18_496, 320 + 32 + 18_496])
})

prints.run()
