// ResNet-50 on one picture: what `fmw run` adds to the same operations written by hand. Target: less than 10 %.
import { readFileSync } from 'node:fs'
import type * as tfjs from '@tensorflow/tfjs-core'
import { createRunner } from '../src/codegen/tfjs/runner.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile } from '../src/compiler/compile.ts'
import { weightsOf } from '../src/compiler/graph/graph.ts'
import { openBackend, type BackendName } from '../src/runtime/backend/backend.ts'
import { Failure } from '../src/runtime/failure/failure.ts'
import { initialWeights } from '../src/runtime/weights/initial-weights.ts'
import { interleave } from './interleave.ts'
import { printTimes } from './print-times.ts'
import { resnet50ByHand } from './resnet50-by-hand.ts'

const path = 'examples/resnet50.fmw'
const [graph] = compile(path, readFileSync(path, 'utf8'), nodeHost).graphs
if (!graph) throw new Error(`${path} does not compile`)
const weights = initialWeights(weightsOf(graph), 0)

async function measure(name: BackendName, rounds: number): Promise<void> {
  const { tf } = await openBackend(name)
  const created = createRunner(graph!, tf)
  if (!('runner' in created)) throw new Error(created.unsupported[0]!.reason)
  const { runner } = created
  const tensors = new Map([...weights].map(([weight, { shape, values }]) => [weight, tf.tensor(values, [...shape])]))
  runner.load(tensors)
  const image = tf.randomNormal<tfjs.Rank.R4>([1, 224, 224, 3], 0, 1, 'float32', 1)
  const inOrder = weightsOf(graph!).map((weight) => tensors.get(weight.path)!)

  const byRunner = (): Float32Array => read(runner.run({ image })['logits']!)
  const byHand = (): Float32Array => read(resnet50ByHand(tf, inOrder, image))
  const [a, b] = [byRunner(), byHand()]
  const largest = Math.max(...a.map(Math.abs))
  const difference = Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / largest
  if (!(difference < 1e-4)) throw new Error(`the two differ by ${difference} of the largest value`)

  const before = tf.memory().numTensors
  const timed = await interleave({ 'by hand': byHand, 'fmw runner': byRunner }, rounds, 3)
  console.log(
    `${name} backend, largest difference ${difference.toExponential(1)}, tensors left behind ${tf.memory().numTensors - before}`,
  )
  printTimes(timed)
}

function read(tensor: tfjs.Tensor): Float32Array {
  const values = Float32Array.from(tensor.dataSync())
  tensor.dispose()
  return values
}

for (const [name, rounds] of [['wasm', 21], ['node', 41]] as const) {
  try {
    await measure(name, rounds)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.log(`${name} backend: not measured, ${error.message}`)
  }
}
