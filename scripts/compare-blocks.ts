// Trains examples/comparison.fmw once with each of its blocks and each of three seeds, and writes docs/comparison.md:
//
//   node --import tsx scripts/compare-blocks.ts [--epochs 6] [--seeds 3] [--backend auto]
//
// Runs of one seed follow each other block by block, so that whatever else the machine does falls on all blocks alike.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { quantile } from '../bench/interleave.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile } from '../src/compiler/compile.ts'
import { printDim } from '../src/compiler/dim/print.ts'
import { weightsOf, type Graph } from '../src/compiler/graph/graph.ts'
import { statsOf } from '../src/compiler/facts/stats.ts'
import { openBackend, type Backend, type BackendName } from '../src/runtime/backend/backend.ts'
import { openDataset } from '../src/runtime/data/open-dataset.ts'
import { initialWeights } from '../src/runtime/weights/initial-weights.ts'
import { objectiveOf } from '../src/runtime/training/objective.ts'
import { optimizerOf } from '../src/runtime/training/optimizer-of.ts'
import { train } from '../src/runtime/training/train.ts'
import type { Dataset } from '../src/runtime/data/dataset.ts'

const file = 'examples/comparison.fmw'
const page = 'docs/comparison.md'

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: '6' },
    seeds: { type: 'string', default: '3' },
    backend: { type: 'string', default: 'auto' },
    out: { type: 'string', default: page },
  },
})

const epochs = Number(options.epochs)
const rate = 0.004
const warmup = 125
const seeds = Array.from({ length: Number(options.seeds) }, (_, seed) => seed)
const source = readFileSync(file, 'utf8')
const blocks = [...source.matchAll(/^block (\w+)/gm)].map(([, name]) => name!)

function graphWith(block: string): Graph {
  const { graphs, diagnostics } = compile(file, source, nodeHost, { set: { Block: block } })
  if (!graphs[0] || diagnostics.length > 0)
    throw new Error(`${file} with ${block}: ${diagnostics.map(({ message }) => message).join('; ')}`)
  return graphs[0]
}

interface Result {
  /** Of the held-out samples, in per cent, after the last epoch. */
  readonly accuracy: number
  readonly stepTimes: readonly number[]
}

async function resultOf(graph: Graph, seed: number, { training, validation }: Data, { tf }: Backend): Promise<Result> {
  const run = train({
    graph,
    tf,
    objectives: [objectiveOf({ output: graph.outputs[0]!, loss: 'categorical_crossentropy', weight: 1 })],
    optimizer: optimizerOf({ name: 'adam' }),
    weights: initialWeights(weightsOf(graph), seed),
    training,
    validation,
    epochs,
    batchSize: 32,
    schedule: { rate, decay: { kind: 'cosine' }, warmup },
    seed,
    annealEpochs: 2,
    settings: {},
    resume: false,
  })
  const stepTimes: number[] = []
  for (let begun = performance.now(); ; begun = performance.now()) {
    const next = await run.next()
    if (next.done) return { accuracy: 100 * next.value.history.at(-1)!.validation!.metrics['accuracy']!, stepTimes }
    if (next.value.kind === 'step') stepTimes.push(performance.now() - begun)
  }
}

interface Data {
  readonly training: Dataset
  readonly validation: Dataset
}

async function digits(folder: string): Promise<Data> {
  const { status } = spawnSync(process.execPath, ['scripts/mnist-arrays.mjs', folder, '--size', '28'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('scripts/mnist-arrays.mjs failed')
  const read = (name: string) =>
    openDataset({ data: path.join(folder, name) }, graphWith(blocks[0]!), {
      targets: [{ output: 'logits', kind: 'labels' }],
      resize: false,
      note: () => {},
    })
  return { training: await read('train.npz'), validation: await read('held-out.npz') }
}

const sorted = (times: readonly number[]): readonly number[] => times.toSorted((a, b) => a - b)

function rowOf(block: string, results: readonly Result[], plainTimes: readonly number[]): string {
  const { parameters, macs } = statsOf(graphWith(block))
  const accuracies = results.map(({ accuracy }) => accuracy)
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length
  const times = sorted(results.flatMap(({ stepTimes }) => stepTimes))
  const plain = quantile(plainTimes, 0.5)
  const ratio = (share: number): string => (quantile(times, share) / plain).toFixed(2)
  const cells = [
    `\`${block}\``,
    `${mean.toFixed(2)} %`,
    `${Math.min(...accuracies).toFixed(2)} to ${Math.max(...accuracies).toFixed(2)}`,
    parameters.total.toLocaleString('en-US'),
    typeof macs === 'number' ? macs.toLocaleString('en-US') : printDim(macs),
    `${ratio(0.5)} (${ratio(0.25)}–${ratio(0.75)})`,
  ]
  return `| ${cells.join(' | ')} |`
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-comparison-'))
try {
  const data = await digits(folder)
  const backend = await openBackend(options.backend as 'auto' | BackendName)
  const results = new Map<string, Result[]>(blocks.map((block) => [block, []]))
  for (const seed of seeds) {
    for (const block of seed % 2 === 0 ? blocks : blocks.toReversed()) {
      const result = await resultOf(graphWith(block), seed, data, backend)
      results.get(block)!.push(result)
      process.stderr.write(
        `seed ${seed}, ${block}: ${result.accuracy.toFixed(2)} %, ${quantile(sorted(result.stepTimes), 0.5).toFixed(1)} ms a step\n`,
      )
    }
  }
  const plainTimes = sorted(results.get('Plain')!.flatMap(({ stepTimes }) => stepTimes))
  writeFileSync(
    options.out,
    `# What the blocks are worth on a small network

\`examples/comparison.fmw\` classifies 28x28 digits by one convolution, two
blocks and a linear layer; only the block differs. Each was trained on
${data.training.size.toLocaleString('en-US')} digits for ${epochs} epochs (Adam, ${rate} after ${warmup} steps of warm-up, cosine,
batches of 32; the temperature of \`Dynamic\` falls in 2) from ${seeds.length} seeds, and
measured on ${data.validation.size.toLocaleString('en-US')} held-out ones after the last epoch: the mean accuracy, and
the lowest and highest. Parameters are of the whole network, MACs per sample.
Time is the median of a training step (and its quartiles) as a ratio to that
of \`Plain\`, on the ${backend.name} backend of one machine.

| block | accuracy | from to | parameters | MACs | time per step |
| --- | ---: | ---: | ---: | ---: | ---: |
${blocks.map((block) => rowOf(block, results.get(block)!, plainTimes)).join('\n')}

One held-out digit is ${(100 / data.validation.size).toFixed(2)} %; differences smaller than the spread of the
seeds say nothing. Digits are easy: what a block is worth on another task has
to be measured there.

The whole table:

    node --import tsx scripts/compare-blocks.ts${epochs === 6 ? '' : ` --epochs ${epochs}`}${seeds.length === 3 ? '' : ` --seeds ${seeds.length}`}

One training of it, whose last epoch has the validation accuracy of its block
and seed, from pictures of 28x28 pixels:

    node scripts/mnist-pictures.mjs digits28 --size 28
    npx fmw train examples/comparison.fmw --set Block=Attention --seed 0 \\
      --data digits28/train --validation digits28/held-out --epochs ${epochs} \\
      --learning-rate ${rate} --warmup ${warmup} --schedule cosine --anneal-epochs 2
`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
