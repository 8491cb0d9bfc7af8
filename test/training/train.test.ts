import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { Failure } from '../../src/runtime/failure/failure.ts'
import type { BackendName } from '../../src/runtime/backend/backend.ts'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { readSafetensorsMetadata } from '../../src/runtime/weights/safetensors-header.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { bestFile, checkpointFile } from '../../src/runtime/training/checkpoint.ts'
import { train, type Trained, type TrainOptions } from '../../src/runtime/training/train.ts'
import type { EpochReport, Report } from '../../src/runtime/training/reports.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { quadrants } from './datasets.ts'
import { taskOf } from './task.ts'

const s = suite('training')

const folder = path.join(os.tmpdir(), `fmw-train-test-${process.pid}`)

s.before.each(() => void mkdirSync(folder, { recursive: true }))
s.after.each(() => rmSync(folder, { recursive: true, force: true }))

const network = graphOf(`model M {
  input x: [2]
  output logits = x |> dense(8, activation: tanh) |> dropout(0.2) |> dense(8) |> norm.batch |> relu |> dense(2)
}`)

interface Finished extends Trained {
  readonly reports: readonly Report[]
}

/** Trains on 50 points, in batches of 16, measured on 20 others. */
async function trained(
  changes: Partial<TrainOptions> = {},
  graph: Graph = network,
  backend: BackendName = 'cpu',
  stopAfter = Infinity,
): Promise<Finished> {
  return withBackend(backend, async (tf) => {
    const stop = new AbortController()
    const reports: Report[] = []
    const run = train({
      ...taskOf(graph, tf),
      training: quadrants(50, 1),
      validation: quadrants(20, 2),
      epochs: 4,
      batchSize: 16,
      schedule: { rate: 0.01, decay: { kind: 'cosine' }, warmup: 2 },
      seed: 3,
      annealEpochs: 2,
      settings: { optimizer: 'adam', seed: '3' },
      resume: false,
      signal: stop.signal,
      ...changes,
    })
    for (;;) {
      const next = await run.next()
      if (next.done) return { ...next.value, reports }
      reports.push(next.value)
      if (next.value.kind === 'step' && next.value.step === stopAfter) stop.abort()
    }
  })
}

const bits = (weights: Trained['weights']) =>
  [...weights].map(([name, { values }]) => `${name} ${[...new Uint32Array(values.buffer)]}`).sort()

/** What does not depend on the clock. */
const timeless = (history: readonly EpochReport[]) => history.map((report) => ({ ...report, seconds: 0 }))

async function failureOf(run: Promise<unknown>): Promise<readonly string[]> {
  try {
    await run
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ code, message }) => `${code}: ${message}`)
    throw error
  }
  throw new Error('nothing failed')
}

s('reports every step, every epoch and the end', async () => {
  const { reports, why } = await trained()
  assert.is(why, 'finished')
  assert.equal(
    reports.map(({ kind }) => kind),
    [...Array.from({ length: 4 }, () => ['step', 'step', 'step', 'step', 'epoch']).flat(), 'end'],
  )
  const [first] = reports
  assert.ok(first?.kind === 'step')
  assert.equal([first.step, first.epoch, first.stepOfEpoch, first.stepsPerEpoch], [1, 1, 1, 4])
})

s('an epoch is the mean over its samples, also where the last batch is smaller', async () => {
  const { reports } = await trained({ epochs: 1 })
  const steps = reports.filter((report) => report.kind === 'step')
  const epoch = reports.find((report) => report.kind === 'epoch')!
  const mean = steps.reduce((sum, { loss }, i) => sum + loss * [16, 16, 16, 2][i]!, 0) / 50
  assert.ok(Math.abs(epoch.loss - mean) < 1e-9)
})

for (const backend of await availableBackends()) {
  s(`the same options give the same bits again, on ${backend}`, async () => {
    const [first, second] = [await trained({}, network, backend), await trained({}, network, backend)]
    assert.equal(bits(first.weights), bits(second.weights))
    assert.equal(timeless(first.history), timeless(second.history))
  })

  s(`a run that was stopped and resumed gives the bits of one that was not, on ${backend}`, async () => {
    const whole = await trained({}, network, backend)
    for (const step of [1, 4, 6, 15]) {
      const checkpoint = path.join(folder, `after-${step}`)
      mkdirSync(checkpoint)
      const stopped = await trained({ checkpoint }, network, backend, step)
      assert.is(stopped.why, 'stopped')
      assert.is(stopped.reports.at(-2)!.step, step)
      const resumed = await trained({ checkpoint, resume: true }, network, backend)
      assert.equal(bits(resumed.weights), bits(whole.weights), `after step ${step}`)
      assert.equal(bits(resumed.best), bits(whole.best), `best after step ${step}`)
      assert.equal(timeless(resumed.history), timeless(whole.history), `after step ${step}`)
    }
  })
}

s('other seeds give other weights', async () => {
  assert.not.equal(bits((await trained()).weights), bits((await trained({ seed: 4 })).weights))
})

s('keeps the weights of the epoch with the lowest validation loss', async () => {
  const { history, best, weights } = await trained({
    epochs: 200,
    patience: 2,
    checkpoint: folder,
    schedule: { rate: 0.3, decay: { kind: 'constant' }, warmup: 0 },
  })
  const losses = history.map(({ validation }) => validation!.loss)
  const lowest = losses.indexOf(Math.min(...losses))
  assert.is(history.findLastIndex((epoch) => epoch.best), lowest)
  assert.not.equal(bits(best), bits(weights))
  const file = readSafetensors(readFileSync(bestFile(folder)), 'best')
  assert.equal(bits(file), bits(best))
})

s('patience ends a run that does not get better', async () => {
  const { why, history } = await trained({
    epochs: 200,
    patience: 3,
    schedule: { rate: 0.3, decay: { kind: 'constant' }, warmup: 0 },
  })
  assert.is(why, 'patience')
  assert.equal(history.slice(-4).map(({ best }) => best), [true, false, false, false])
})

s('a run that patience has ended is not continued by being resumed', async () => {
  const options: Partial<TrainOptions> = {
    epochs: 200,
    patience: 3,
    checkpoint: folder,
    schedule: { rate: 0.3, decay: { kind: 'constant' }, warmup: 0 },
  }
  const ended = await trained(options)
  const resumed = await trained({ ...options, resume: true })
  assert.is(resumed.why, 'patience')
  assert.equal(bits(resumed.weights), bits(ended.weights))
})

s('a run that is stopped while its validation samples are measured measures them again when it is resumed', async () => {
  const stop = new AbortController()
  const validation = quadrants(20, 2)
  const read: typeof validation.read = (positions) => {
    stop.abort()
    return validation.read(positions)
  }
  const stopped = await trained({ checkpoint: folder, signal: stop.signal, validation: { ...validation, read } })
  assert.equal([stopped.why, stopped.history], ['stopped', []])
  assert.equal(stopped.reports.at(-1), { kind: 'end', why: 'stopped', epoch: 1, step: 4 })
  const [resumed, whole] = [await trained({ checkpoint: folder, resume: true }), await trained()]
  assert.equal(bits(resumed.weights), bits(whole.weights))
  assert.equal(timeless(resumed.history), timeless(whole.history))
})

s('without validation samples the training loss decides', async () => {
  const { history } = await trained({ validation: undefined })
  assert.ok(history.every(({ validation }) => validation === undefined))
  assert.is(history[0]!.best, true)
})

s('augmentation changes what is trained on, by the step and not by the interruption', async () => {
  const augment: TrainOptions['augment'] = (batch, random) => ({
    ...batch,
    inputs: { x: { ...batch.inputs['x']!, values: batch.inputs['x']!.values.map((value) => value + 0.1 * random.normal()) } },
  })
  const whole = await trained({ augment })
  assert.not.equal(bits(whole.weights), bits((await trained()).weights))
  await trained({ augment, checkpoint: folder }, network, 'cpu', 6)
  assert.equal(bits((await trained({ augment, checkpoint: folder, resume: true })).weights), bits(whole.weights))
})

s('a longer run goes on from a finished one', async () => {
  await trained({ checkpoint: folder, epochs: 2 })
  const { history } = await trained({ checkpoint: folder, epochs: 3, resume: true })
  assert.equal(history.map(({ epoch }) => epoch), [1, 2, 3])
})

s('values that are not finite end the run, and the last checkpoint is as it was', async () => {
  const exploding = graphOf('model M {\n  input x: [2]\n  output y = x |> dense(2) |> exp |> exp |> exp |> exp\n}')
  await trained({ checkpoint: folder, epochs: 1 })
  const before = readFileSync(checkpointFile(folder))
  const said = await failureOf(
    trained({ checkpoint: folder, schedule: { rate: 10, decay: { kind: 'constant' }, warmup: 0 } }, exploding),
  )
  assert.match(said[0]!, /^training\/not-finite: step \d+: /)
  assert.equal(readFileSync(checkpointFile(folder)), before)
})

s('a checkpoint of another model is refused with all differences', async () => {
  await trained({ checkpoint: folder, epochs: 1 })
  const other = graphOf('model M {\n  input x: [2]\n  output logits = x |> dense(9) as first |> dense(2)\n}')
  const said = await failureOf(trained({ checkpoint: folder, resume: true }, other))
  assert.ok(said.some((text) => text.startsWith('weights/missing: ') && text.includes('first/kernel')), said.join('\n'))
  assert.ok(said.some((text) => text.startsWith('weights/unexpected: ')), said.join('\n'))
  assert.ok(said.length > 6)
})

s('other settings are refused, all of them named', async () => {
  await trained({ checkpoint: folder, epochs: 1 })
  const settings = { optimizer: 'sgd', seed: '3', clip: '1' }
  assert.equal(await failureOf(trained({ checkpoint: folder, resume: true, settings })), [
    'checkpoint/settings: optimizer was adam and is sgd',
    'checkpoint/settings: clip was not given and is 1',
  ])
})

s('what is no checkpoint is said to be none', async () => {
  assert.match((await failureOf(trained({ checkpoint: folder, resume: true })))[0]!, 'input/unreadable')
  writeFileSync(checkpointFile(folder), 'nothing of the kind')
  assert.match((await failureOf(trained({ checkpoint: folder, resume: true })))[0]!, 'weights/malformed')
  await trained({ checkpoint: folder, epochs: 1 })
  writeFileSync(checkpointFile(folder), readFileSync(bestFile(folder)))
  assert.equal(await failureOf(trained({ checkpoint: folder, resume: true })), [
    'checkpoint/unreadable: this is no checkpoint: it is not of the format fmw-checkpoint-1',
  ])
})

/** Changes the tensors of the checkpoint. */
function tamper(change: (tensors: Map<string, TensorData>) => void): void {
  const file = checkpointFile(folder)
  const bytes = readFileSync(file)
  const tensors = new Map(readSafetensors(bytes, file))
  change(tensors)
  writeFileSync(file, writeSafetensors(tensors, readSafetensorsMetadata(bytes)))
}

s('a checkpoint whose optimiser remembers something else than the weights need is refused, with everything that differs', async () => {
  await trained({ checkpoint: folder, epochs: 1 })
  const kernel = 'logits/dense/kernel'
  tamper((tensors) => {
    tensors.set(`slots/first_moment/${kernel}`, { shape: [4, 4], values: new Float32Array(16) })
    tensors.delete(`slots/second_moment/${kernel}`)
    tensors.set('slots/velocity/a', { shape: [2], values: new Float32Array(2) })
  })
  assert.equal(await failureOf(trained({ checkpoint: folder, resume: true })), [
    `checkpoint/slot: the optimiser's first_moment/${kernel} is [2, 8] in this run and [4, 4] in the checkpoint`,
    `checkpoint/slot: the optimiser's second_moment/${kernel} is [2, 8] in this run and not there in the checkpoint`,
    "checkpoint/slot: the optimiser's velocity/a is not there in this run and [2] in the checkpoint",
  ])
})

s('a checkpoint whose best weights are those of another model, or that has other tensors, is refused', async () => {
  await trained({ checkpoint: folder, epochs: 1 })
  const other = { shape: [3], values: new Float32Array(3) }
  tamper((tensors) => tensors.set('best/logits/dense/bias', other))
  assert.equal(await failureOf(trained({ checkpoint: folder, resume: true })), [
    'weights/shape: the weight logits/dense/bias is [8] in the model and [3] in the file',
  ])
  tamper((tensors) => tensors.set('other/bias', other))
  assert.equal(await failureOf(trained({ checkpoint: folder, resume: true })), [
    'checkpoint/unreadable: this is no checkpoint: it has a tensor other/bias, which is no part of a checkpoint',
  ])
})

s('a folder that cannot be written to is said before the run goes on', async () => {
  const missing = path.join(folder, 'missing')
  assert.match((await failureOf(trained({ checkpoint: missing, epochs: 1 })))[0]!, 'output/unwritable')
  assert.not.ok(existsSync(missing))
})

s.run()
