import { setImmediate } from 'node:timers/promises'
import { gradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf } from '../../compiler/graph/graph.ts'
import { batchesInOrder, batchesOfEpoch } from '../data/batches.ts'
import { Failure, problem } from '../failure/failure.ts'
import { randomStream, type RandomStream } from '../../codegen/tfjs/runtime/random.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { checkState } from './check-state.ts'
import { checkSettings, readCheckpoint, writeCheckpoint, type Checkpoint, type Progress, type Texts } from './checkpoint.ts'
import { createLearner, type Learner, type Task } from './learner.ts'
import { noTotals, sumOfTotals } from './measured.ts'
import { scoreOf } from './score-of.ts'
import { rateAt, type Schedule } from './schedule.ts'
import type { Batch, Dataset } from '../data/dataset.ts'
import type { EpochReport, Report, Score } from './reports.ts'
import type { Start } from './weight-group.ts'

/** What is learned while some weights are still frozen. */
interface EarlierPhase extends Pick<Task, 'graph' | 'objectives'> {
  /** The first epoch, from 2, that does not belong to it. */
  readonly until: number
}

export interface TrainOptions extends Task {
  /** What is learned before, in the order of the epochs, where weights are frozen at first. */
  readonly earlier?: readonly EarlierPhase[]
  /** Of all weights, by path; of a resumed run those of the checkpoint count. */
  readonly weights: ReadonlyMap<string, TensorData>
  readonly training: Dataset
  readonly validation?: Dataset | undefined
  /** Changes the samples of a training batch, by random numbers of its own. */
  readonly augment?: ((batch: Batch, random: RandomStream) => Batch) | undefined
  readonly epochs: number
  /** Samples of a step. */
  readonly batchSize: number
  readonly schedule: Schedule
  readonly seed: number
  /** Epochs over which annealed states reach their final value. */
  readonly annealEpochs: number
  /** Stop after this many epochs without a better one. */
  readonly patience?: number | undefined
  /** Where checkpoints go: after each epoch, every ten minutes, and when the run is stopped. */
  readonly checkpoint?: string | undefined
  /** What the file of the best weights says of itself. */
  readonly metadata?: Texts
  /** Everything that decides the numbers of the run; a resumed one must have the same. */
  readonly settings: Readonly<Record<string, string>>
  readonly resume: boolean
  /** Aborting it saves and stops after the step, or the batch of validation samples, that is going on. */
  readonly signal?: AbortSignal | undefined
}

export interface Trained {
  readonly why: 'finished' | 'patience' | 'stopped'
  /** At the end. */
  readonly weights: ReadonlyMap<string, TensorData>
  /** Of the best epoch; those at the end where no epoch was finished. */
  readonly best: ReadonlyMap<string, TensorData>
  readonly history: readonly EpochReport[]
}

/**
 * Trains a model, and reports every step and epoch. A run depends on its options alone: the same ones give the same weights on
 * the same backend, also when it was interrupted and resumed in between.
 *
 * @throws Failure `training/not-finite`, after which the last checkpoint is as it was; and what reading data and writing files
 *   may throw
 */
export async function* train(options: TrainOptions): AsyncGenerator<Report, Trained> {
  const from = options.resume ? await resumed(options) : undefined
  const progress = from?.progress ?? start(options)
  const learning = { learner: learnerAt(options, progress.epoch, from ?? { weights: options.weights, slots: new Map() }) }
  try {
    return yield* runEpochs(options, learning, progress, from?.best ?? new Map())
  } finally {
    learning.learner.dispose()
  }
}

/** What learns; another takes over where weights are no longer frozen. */
interface Learning {
  learner: Learner
}

const phaseAt = ({ earlier = [], graph, objectives }: TrainOptions, epoch: number): Pick<Task, 'graph' | 'objectives'> =>
  earlier.find(({ until }) => epoch < until) ?? { graph, objectives }

const stepsPerEpochOf = ({ training, batchSize }: TrainOptions): number => Math.ceil(training.size / batchSize)

/** The learner of an epoch. An optimiser counts the steps of each weight from where it is first trained. */
function learnerAt(options: TrainOptions, epoch: number, start: Start): Learner {
  const trainedIn = (of: number): readonly string[] => {
    const { graph, objectives } = phaseAt(options, of)
    return gradientReach(graph, objectives.map(({ value }) => value)).trained.map(({ path }) => path)
  }
  const begins = [1, ...(options.earlier ?? []).map(({ until }) => until)].filter((begin) => begin <= epoch)
  const since = new Map<string, number>()
  for (const begin of begins) for (const path of trainedIn(begin)) if (!since.has(path)) since.set(path, (begin - 1) * stepsPerEpochOf(options))
  return createLearner({ ...options, ...phaseAt(options, epoch), since }, start)
}

async function resumed(options: TrainOptions): Promise<Checkpoint> {
  const { checkpoint, settings, graph } = options
  if (checkpoint === undefined) throw new Error('a run is resumed from a checkpoint')
  const found = await readCheckpoint(checkpoint, weightsOf(graph))
  checkSettings(found, settings, checkpoint)
  const { epoch, stepOfEpoch } = found.progress
  // between two epochs the optimiser remembers what the one before has trained
  checkState(found, { ...options, ...phaseAt(options, stepOfEpoch > 0 ? epoch : epoch - 1) }, checkpoint)
  return found
}

const start = ({ objectives }: Task): Progress => ({
  step: 0,
  epoch: 1,
  stepOfEpoch: 0,
  totals: noTotals(objectives),
  seconds: 0,
  history: [],
})

async function* runEpochs(
  options: TrainOptions,
  learning: Learning,
  from: Progress,
  bestBefore: ReadonlyMap<string, TensorData>,
): AsyncGenerator<Report, Trained> {
  const { epochs, patience, checkpoint } = options
  let progress = from
  let best = bestBefore
  const save = async (): Promise<void> => {
    const { graph, settings, metadata = {} } = options
    if (checkpoint === undefined) return
    const { learner } = learning
    const state = { model: graph.name, settings, progress, weights: learner.weights(), slots: learner.slots(), best }
    await writeCheckpoint(checkpoint, state, metadata)
  }
  const end = async function* (why: Trained['why']): AsyncGenerator<Report, Trained> {
    yield { kind: 'end', why, epoch: progress.stepOfEpoch > 0 ? progress.epoch : progress.epoch - 1, step: progress.step }
    const weights = learning.learner.weights()
    return { why, weights, best: best.size > 0 ? best : weights, history: progress.history }
  }

  while (progress.epoch <= epochs) {
    if (patience !== undefined && epochsSinceBest(progress) >= patience) return yield* end('patience')
    const { learner } = learning
    const saving = every(savePeriod)
    for await (const { report, progress: reached } of stepsOf(options, learner, progress)) {
      progress = reached
      yield report
      await setImmediate()
      if (options.signal?.aborted) {
        await save()
        return yield* end('stopped')
      }
      if (saving()) await save()
    }
    const report = await finishEpoch(options, learner, progress)
    if (!report) {
      await save()
      return yield* end('stopped')
    }
    if (report.best) best = learner.weights()
    const history = [...progress.history, report]
    progress = { ...start(options), step: progress.step, epoch: progress.epoch + 1, history }
    await save()
    yield report
    if (progress.epoch <= epochs && phaseAt(options, progress.epoch).graph !== phaseAt(options, progress.epoch - 1).graph) {
      learning.learner = learnerAt(options, progress.epoch, { weights: learner.weights(), slots: learner.slots() })
      learner.dispose()
    }
  }
  return yield* end('finished')
}

const epochsSinceBest = ({ history }: Progress): number => history.length - 1 - history.findLastIndex(({ best }) => best)

/** Milliseconds between checkpoints within an epoch. */
const savePeriod = 600_000

function every(milliseconds: number): () => boolean {
  let last = performance.now()
  return () => {
    const due = performance.now() - last >= milliseconds
    if (due) last = performance.now()
    return due
  }
}

/** The steps of an epoch that are still to do. */
async function* stepsOf(
  options: TrainOptions,
  learner: Learner,
  from: Progress,
): AsyncGenerator<{ readonly report: Report; readonly progress: Progress }> {
  const { training, batchSize, seed, schedule, epochs, annealEpochs, augment, objectives } = options
  const positions = Array.from({ length: training.size }, (_, position) => position)
  const batches = batchesOfEpoch(positions, { seed, epoch: from.epoch, batch: batchSize })
  const stepsPerEpoch = batches.length
  const losses = from.history.map(judgedLoss)
  let progress = from
  for (const chosen of batches.slice(from.stepOfEpoch)) {
    const begun = performance.now()
    const step = progress.step + 1
    const rate = rateAt(schedule, { step, totalSteps: epochs * stepsPerEpoch, stepsPerEpoch, losses })
    const read = await training.read(chosen)
    const batch = augment ? augment(read, randomStream(seed, `augmentation of step ${step}`)) : read
    const drawn = Math.floor(randomStream(seed, `step ${step}`).uniform() * 2 ** 31)
    const totals = learner.step(batch, { step, rate, annealSteps: annealEpochs * stepsPerEpoch, seed: drawn })
    progress = {
      ...progress,
      step,
      stepOfEpoch: progress.stepOfEpoch + 1,
      totals: sumOfTotals(progress.totals, totals),
      seconds: progress.seconds + (performance.now() - begun) / 1000,
    }
    const { epoch, stepOfEpoch } = progress
    yield { progress, report: { kind: 'step', step, epoch, stepOfEpoch, stepsPerEpoch, rate, ...scoreOf(totals, objectives) } }
  }
}

/** Measures what an epoch has reached; undefined where the run was stopped meanwhile. */
async function finishEpoch(
  options: TrainOptions,
  learner: Learner,
  { step, epoch, totals, seconds, history }: Progress,
): Promise<EpochReport | undefined> {
  const { validation, objectives, schedule, epochs } = options
  const begun = performance.now()
  const score = scoreOf(totals, objectives)
  const measured = validation && (await scoreOn(validation, options, learner))
  if (validation && !measured) return undefined
  if (measured && !Number.isFinite(measured.loss)) {
    throw new Failure([problem('training/not-finite', { step: String(step), what: 'the validation loss' })])
  }
  const result = { ...score, ...(measured && { validation: measured }) }
  const stepsPerEpoch = stepsPerEpochOf(options)
  return {
    kind: 'epoch',
    epoch,
    step,
    rate: rateAt(schedule, { step, totalSteps: epochs * stepsPerEpoch, stepsPerEpoch, losses: history.map(judgedLoss) }),
    seconds: seconds + (performance.now() - begun) / 1000,
    ...result,
    best: history.every((earlier) => judgedLoss(result) < judgedLoss(earlier)),
  }
}

/** What an epoch is judged by. */
const judgedLoss = (of: { readonly loss: number; readonly validation?: Score }): number => of.validation?.loss ?? of.loss

/** Undefined where the run was stopped before all samples were measured. */
async function scoreOn(
  dataset: Dataset,
  { batchSize, objectives, signal }: TrainOptions,
  learner: Learner,
): Promise<Score | undefined> {
  let totals = noTotals(objectives)
  for (const positions of batchesInOrder(dataset.size, batchSize)) {
    totals = sumOfTotals(totals, learner.evaluate(await dataset.read(positions)))
    await setImmediate()
    if (signal?.aborted) return undefined
  }
  return scoreOf(totals, objectives)
}
