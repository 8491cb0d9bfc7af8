import { access, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { evaluate } from '../../compiler/dim/expr.ts'
import { gradientReach } from '../../compiler/gradient-reach.ts'
import { weightsOf, type Graph, type Shape } from '../../compiler/graph.ts'
import { statsOf } from '../../compiler/stats.ts'
import { openBackend } from '../../runtime/backend.ts'
import { checkWritable } from '../../runtime/check-writable.ts'
import { Failure, problem } from '../../runtime/failure.ts'
import { systemReason } from '../../runtime/system-reason.ts'
import type { TensorData } from '../../runtime/tensor-data.ts'
import { checkpointFile, readCheckpoint } from '../../runtime/training/checkpoint.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import { losses } from '../../runtime/training/losses.ts'
import { metricsOf } from '../../runtime/training/metric.ts'
import { optimizerOf } from '../../runtime/training/optimizer-of.ts'
import { parseDecay } from '../../runtime/training/parse-decay.ts'
import type { Schedule } from '../../runtime/training/schedule.ts'
import { train as runTraining, type Trained } from '../../runtime/training/train.ts'
import type { EndReport, Report } from '../../runtime/training/training.ts'
import { Exit, UsageError } from '../exit.ts'
import { catchInterruption } from '../interruption.ts'
import { freezeModel } from '../freeze-model.ts'
import { openModel, openSession } from '../open-model.ts'
import { jsonDisplay, textDisplay, type TrainingDisplay } from '../show-training.ts'
import { noteUntrained, startingWeights } from '../starting-weights.ts'
import type { TrainOptions } from '../train-options.ts'
import { recordOf, trainSettings, withRecorded, type TrainSettings } from '../train-settings.ts'
import { trainedOutput } from '../trained-output.ts'
import { openTrainingData } from '../training-data.ts'
import { summaryText, writeResults } from '../training-results.ts'

/** Learns the weights of a model from data; what it has reached is kept in a folder, from which it can be continued. */
export async function train(file: string, options: TrainOptions): Promise<void> {
  const session = await openSession(options)
  const { terminal, config } = session
  const model = openModel(file, session)
  const folder = options.checkpoint ?? `${model.name}.training`
  const settings = trainSettings(options.resume ? await continued(model, folder, options) : await begun(folder, options), config)
  const graph = freezeModel(model, settings.freeze)
  const output = trainedOutput(graph, settings.target)
  const data = await openTrainingData(settings, graph, output.name, terminal.note)
  const weights = options.resume ? new Map<string, TensorData>() : await startingWeights(model, graph, { sources: options.weights, seed: settings.seed, note: terminal.note })
  noteUntrained(graph, output, terminal.note)
  const files = { curve: options.curve ?? path.join(folder, 'curve.png'), ...(options.output !== undefined && { output: options.output }) }
  await makeFolder(folder)
  await checkWritable([checkpointFile(folder), ...Object.values(files)])

  const { tf, name: backend, notes } = await openBackend(options.backend ?? config.backend ?? 'auto')
  for (const note of notes) terminal.note(note)
  const samples = { training: data.training.size, validation: data.validation?.size ?? 0 }
  const { parameters } = statsOf(graph)
  if (options.json) {
    const { set, ...told } = settings
    const effective = { ...told, loss: data.loss, target: output.name, set, weights: options.weights, checkpoint: folder, ...files }
    const counts = { samples: samples.training, validationSamples: samples.validation, classes: data.training.classes ?? null }
    terminal.result(JSON.stringify({ kind: 'start', model: graph.name, backend, ...counts, parameters, options: effective }))
  } else {
    const learning = gradientReach(graph, output.node).trained.reduce((sum, { type }) => sum + elementsOf(type.shape), 0)
    const trained = `${learning.toLocaleString('en-US')} of ${parameters.total.toLocaleString('en-US')} parameters learn`
    terminal.note(`${graph.name}: ${trained}, from ${samples.training} samples, ${samples.validation} for validation; ${data.loss}, backend ${backend}`)
  }

  const { loss } = data
  const classes = output.node.type.shape.at(-1)?.dim
  const display = options.json ? jsonDisplay(terminal) : textDisplay(terminal, { epochs: settings.epochs, quiet: options.quiet })
  const interruption = catchInterruption(() => {
    display.clear()
    terminal.complain('fmw: saving and stopping after this step; another Ctrl-C ends at once')
  })
  try {
    const { trained, end } = await follow(
      runTraining({
        graph,
        tf,
        output: logitsOf(output.node, loss),
        loss: losses[loss],
        metrics: metricsOf(loss, typeof classes === 'number' ? classes : 1),
        optimizer: optimizerOf({
          name: settings.optimizer,
          ...(settings.momentum !== undefined && { momentum: settings.momentum }),
          ...(settings.weightDecay !== undefined && { weightDecay: settings.weightDecay }),
        }),
        clip: settings.clip,
        weights,
        training: data.training,
        validation: data.validation,
        augment: data.prepare,
        epochs: settings.epochs,
        batchSize: settings.batch,
        schedule: scheduleOf(settings),
        seed: settings.seed,
        annealEpochs: settings.annealEpochs,
        patience: settings.patience,
        checkpoint: folder,
        settings: { ...recordOf(settings), '--loss': data.loss, '--target': output.name, samples: String(samples.training) },
        resume: options.resume,
        signal: interruption.signal,
      }),
      display,
    )
    const title = `${graph.name}: ${trained.history.length} epochs`
    const written = await writeResults({ folder, files, title, trained, model: graph.name })
    const best = trained.history.findLast((epoch) => epoch.best)
    if (options.json) terminal.result(JSON.stringify({ ...end, best: best ?? null, written }))
    else terminal.result(summaryText(end, best, written, settings))
    if (end.why === 'stopped') throw new Exit(interruption.code()!)
  } catch (error) {
    if (!(error instanceof Exit)) display.clear()
    if (error instanceof Failure && (await exists(checkpointFile(folder)))) terminal.complain(`the run is kept in ${folder} as it was last saved`)
    throw error
  } finally {
    interruption.release()
  }
}

const elementsOf = (shape: Shape): number => shape.reduce((product, { dim }) => product * evaluate(dim, {}), 1)

/** A run of hours is not written over because of a forgotten option. */
async function begun(folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (!(await exists(checkpointFile(folder)))) return options
  throw new UsageError(`${folder} holds a training already: continue it with --resume, or keep another one beside it with --checkpoint FOLDER`)
}

async function continued(model: Graph, folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.weights.length > 0) throw new UsageError('--resume goes on with the weights of the checkpoint, and --weights begins with others: give one of them')
  const { settings } = await readCheckpoint(folder, weightsOf(model))
  return withRecorded(options, settings)
}

/** Makes the last folder of a path, as those before it may be misspelt. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const reason = systemReason(error)
    if (reason === undefined) throw error
    if (await stat(folder).then((found) => found.isDirectory(), () => false)) return
    throw new Failure([problem('output/unwritable', { reason }, { file: folder })], { cause: error })
  }
}

function scheduleOf({ learningRate, schedule, warmup }: TrainSettings): Schedule {
  const parsed = parseDecay(schedule)
  if ('error' in parsed) throw new UsageError(parsed.error)
  return { rate: learningRate, decay: parsed.decay, warmup }
}

/** Shows every report but the last, to which the files are added. */
async function follow(reports: AsyncGenerator<Report, Trained>, display: TrainingDisplay): Promise<{ readonly trained: Trained; readonly end: EndReport }> {
  let end: EndReport | undefined
  for (;;) {
    const next = await reports.next()
    if (next.done) return { trained: next.value, end: end! }
    if (next.value.kind === 'end') end = next.value
    else display.show(next.value)
  }
}

const exists = (file: string): Promise<boolean> => access(file).then(() => true, () => false)
