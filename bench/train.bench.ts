// Steps of training: fmw, the graph as it is written, the same network by hand with tf.train.adam, tf.layers and PyTorch, in turns; then an
// epoch of LeNet-5 as `fmw train` has it, and where a step goes. Targets (an epoch of 250 steps of 32): as it is written not slower than by hand;
// LeNet-5 at most 5 s on the native backend and 8 s on wasm.
import { readFileSync } from 'node:fs'
import type * as tfjs from '@tensorflow/tfjs-core'
import type { Tfjs } from '../src/codegen/tfjs/apply.ts'
import { mendGradients } from '../src/codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { randomStream } from '../src/codegen/tfjs/runtime/random.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile } from '../src/compiler/compile.ts'
import { weightsOf, type Graph } from '../src/compiler/graph/graph.ts'
import { openBackend, type BackendName } from '../src/runtime/backend/backend.ts'
import { augment } from '../src/runtime/data/augment.ts'
import { parseAugmentation } from '../src/runtime/data/parse-augmentation.ts'
import type { Batch, Dataset } from '../src/runtime/data/dataset.ts'
import { Failure } from '../src/runtime/failure/failure.ts'
import { createLearner, type Task } from '../src/runtime/training/learner.ts'
import { objectiveOf } from '../src/runtime/training/objective.ts'
import { optimizerOf } from '../src/runtime/training/optimizer-of.ts'
import { train } from '../src/runtime/training/train.ts'
import { initialWeights } from '../src/runtime/weights/initial-weights.ts'
import { interleave, median } from './interleave.ts'
import { layersModels } from './peers/layers-models.ts'
import { lenet5ByHand } from './peers/lenet5-by-hand.ts'
import { torchSteps } from './peers/torch-steps.ts'
import { printKernels } from './print-kernels.ts'
import { printTimes } from './print-times.ts'

const networks = {
  lenet5: { path: 'examples/lenet5.fmw', input: [32, 32, 1] },
  compared: { path: 'examples/comparison.fmw', input: [28, 28, 1] },
  'small-resnet': { path: 'bench/small-resnet.fmw', input: [64, 64, 3] },
} as const

type NetworkName = keyof typeof networks

const size = 32
const steps = 10
const warmup = 2
const rounds = Number(process.env['ROUNDS'] ?? 11)
const settings = { annealSteps: 1, rate: 0.001, seed: 1 }

function graphOf(path: string): Graph {
  const [graph] = compile(path, readFileSync(path, 'utf8'), nodeHost).graphs
  if (!graph) throw new Error(`${path} does not compile`)
  return graph
}

/** Pictures of noise: how long a step takes does not depend on what they show. */
function samplesOf(shape: readonly number[], count: number): Dataset {
  const { uniform } = randomStream(1, 'pictures')
  const elements = shape.reduce((product, extent) => product * extent, 1)
  const pictures = Float32Array.from({ length: count * elements }, () => uniform())
  const read = async (positions: readonly number[]): Promise<Batch> => {
    const values = new Float32Array(positions.length * elements)
    for (const [i, position] of positions.entries()) values.set(pictures.subarray(position * elements, (position + 1) * elements), i * elements)
    return { inputs: { image: { shape: [positions.length, ...shape], values } }, targets: { logits: { shape: [positions.length], values: Float32Array.from(positions, (position) => position % 10) } } }
  }
  return { size: count, read }
}

function taskOf(graph: Graph, tf: Tfjs): Task {
  const output = graph.outputs[0]!
  return { graph, tf, objectives: [objectiveOf({ output, loss: 'categorical_crossentropy', weight: 1 })], optimizer: optimizerOf({ name: 'adam' }) }
}

interface Candidates {
  /** What takes its steps when it is called, by its name. */
  readonly run: Readonly<Record<string, () => unknown>>
  readonly stop: () => void
}

async function candidates(name: NetworkName, tf: Tfjs, onWasm: boolean): Promise<Candidates> {
  const { path, input } = networks[name]
  const graph = graphOf(path)
  const batch = await samplesOf(input, size).read(Array.from({ length: size }, (_, i) => i))
  const weights = initialWeights(weightsOf(graph), 1)
  const learning = (task: Task) => {
    const learner = createLearner(task, { weights, slots: new Map() })
    let step = 0
    return () => {
      for (let i = 0; i < steps; i++) learner.step(batch, { ...settings, step: ++step })
    }
  }
  const task = taskOf(graph, tf)
  const [images, labels] = [batch.inputs['image']!, batch.targets['logits']!]
  const model = layersModels[name]()
  model.compile({ optimizer: tf.train.adam(0.001), loss: tf.losses.softmaxCrossEntropy })
  const byLayers = async (): Promise<void> => {
    const x = tf.tensor(repeated(images.values, steps), [size * steps, ...input])
    const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(repeated(labels.values, steps), 'int32'), 10), 'float32'))
    await model.fit(x, y, { batchSize: size, epochs: 1, verbose: 0 })
    tf.dispose([x, y])
  }
  const torch = onWasm ? undefined : await torchSteps(name, steps)
  return {
    run: {
      ...(name === 'lenet5' && { 'by hand, tf.train.adam': byHand(graph, tf, batch, weights) }),
      'fmw, as written': learning({ ...task, rules: [] }),
      fmw: learning(task),
      'tf.layers, fit': byLayers,
      ...(torch && { PyTorch: torch.run }),
    },
    stop: () => torch?.stop(),
  }
}

const repeated = (values: Float32Array, times: number): Float32Array => Float32Array.from({ length: values.length * times }, (_, i) => values[i % values.length]!)

function byHand(graph: Graph, tf: Tfjs, batch: Batch, weights: ReturnType<typeof initialWeights>): () => void {
  const variables = new Map([...weights].map(([path, { shape, values }]) => [path, tf.variable(tf.tensor(values, [...shape]))]))
  const table = graph.nodes.find((node) => node.kind === 'constant' && node.values.length === 840)
  if (table?.kind !== 'constant') throw new Error('LeNet-5 compares with ten pictures of 84 pixels')
  const digits = tf.tensor2d([...table.values], [10, 84])
  const adam = tf.train.adam(0.001)
  return () => {
    for (let i = 0; i < steps; i++) {
      const [x, y] = [tf.tensor4d(batch.inputs['image']!.values, [size, 32, 32, 1]), tf.tensor1d(batch.targets['logits']!.values, 'int32')]
      const lossOf = (): tfjs.Scalar => tf.losses.softmaxCrossEntropy(tf.oneHot(y, 10), lenet5ByHand(tf, (path) => variables.get(path)!, digits, x))
      const loss = adam.minimize(lossOf, true, [...variables.values()])
      loss!.dataSync()
      tf.dispose([x, y, loss!])
    }
  }
}

/** An epoch of 8,000 digits with shifted pictures, and 2,000 to validate, as `fmw train` does it. */
async function epochs(tf: Tfjs): Promise<void> {
  const graph = graphOf(networks.lenet5.path)
  const shape = networks.lenet5.input
  const [training, validation] = [samplesOf(shape, 8000), samplesOf(shape, 2000)]
  const epoch = (rules?: readonly []) => async () => {
    const run = train({
      ...taskOf(graph, tf),
      ...(rules && { rules }),
      weights: initialWeights(weightsOf(graph), 1),
      training,
      validation,
      augment: (batch, random) => augment(batch, [parseAugmentation('shift=1')], random, new Set()),
      epochs: 1,
      batchSize: size,
      schedule: { rate: 0.001, warmup: 0, decay: { kind: 'constant' } },
      seed: 1,
      annealEpochs: 1,
      settings: {},
      resume: false,
    })
    for (let next = await run.next(); !next.done; next = await run.next());
  }
  printTimes(await interleave({ 'as written': epoch([]), rewritten: epoch() }, 3, 0))
}

/** What the candidates take of the processors, which says more than the clock where others use them too; of another process it is nothing. */
function processorTimes(run: Candidates['run']): { readonly run: Candidates['run']; readonly epochOf: (name: string) => string } {
  const used = new Map<string, number[]>()
  const timed = Object.entries(run).map(([name, steps]) => {
    const times: number[] = []
    used.set(name, times)
    return [name, async () => {
      const before = process.cpuUsage()
      await steps()
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / 1000)
    }] as const
  })
  const epochOf = (name: string): string => {
    const times = (used.get(name) ?? []).slice(warmup).sort((a, b) => a - b)
    return `${((median({ name, times }) * 250) / steps / 1000).toFixed(1)} s of processor time`
  }
  return { run: Object.fromEntries(timed), epochOf }
}

const perStep = (timed: Awaited<ReturnType<typeof interleave>>) => timed.map(({ name, times }) => ({ name, times: times.map((ms) => ms / steps) }))

async function measure(backend: BackendName): Promise<void> {
  const { tf } = await openBackend(backend)
  mendGradients(tf)
  // what tf.losses keeps for its gradient counts as a leak in the tests of TensorFlow.js
  tf.env().set('IS_TEST', false)
  for (const name of ['lenet5', 'compared', 'small-resnet'] as const) {
    const { run: plain, stop } = await candidates(name, tf, backend === 'wasm')
    const { run, epochOf } = processorTimes(plain)
    const timed = perStep(await interleave(run, rounds, warmup))
    stop()
    console.log(`\n${name} on ${backend}, a step of ${size} samples`)
    printTimes(timed)
    for (const one of timed) console.log(`an epoch of 8,000: ${((median(one) * 250) / 1000).toFixed(1)} s, ${one.name === 'PyTorch' ? 'in a process of its own' : epochOf(one.name)}, ${one.name}`)
  }
  const graph = graphOf(networks.lenet5.path)
  const batch = await samplesOf(networks.lenet5.input, size).read(Array.from({ length: size }, (_, i) => i))
  for (const [what, rules] of [['as written', []], ['rewritten', undefined]] as const) {
    const learner = createLearner({ ...taskOf(graph, tf), ...(rules && { rules }) }, { weights: initialWeights(weightsOf(graph), 1), slots: new Map() })
    console.log(`\nwhere a step of LeNet-5 goes on ${backend}, ${what}`)
    printKernels(tf, (step) => void learner.step(batch, { ...settings, step }), 40)
    learner.dispose()
  }
  console.log(`\nan epoch of fmw train on LeNet-5, 8,000 and 2,000 to validate, on ${backend}`)
  await epochs(tf)
}

for (const backend of ['node', 'wasm'] as const) {
  try {
    await measure(backend)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.log(`${backend} backend: not measured, ${error.message}`)
  }
}
process.exit(0)
