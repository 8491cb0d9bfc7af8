import { metadataTexts } from '../../codegen/tfjs/runtime/metadata.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { gradientReach, type GradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { statsOf } from '../../compiler/facts/stats.ts'
import { backendNames, openBackend, type BackendName } from '../../runtime/backend/backend.ts'
import { Failure } from '../../runtime/failure/failure.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { annealedStates } from '../../runtime/training/anneal.ts'
import { readCheckpoint } from '../../runtime/training/checkpoint.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import { losses } from '../../runtime/training/losses.ts'
import { metricsOf } from '../../runtime/training/metric.ts'
import { modelRecord } from '../../runtime/training/model-record.ts'
import { optimizerOf } from '../../runtime/training/optimizer-of.ts'
import { parseDecay } from '../../runtime/training/parse-decay.ts'
import type { Schedule } from '../../runtime/training/schedule.ts'
import { train as runTraining, type Trained } from '../../runtime/training/train.ts'
import type { EndReport, Report } from '../../runtime/training/reports.ts'
import { Exit, UsageError } from '../exit/exit.ts'
import { catchInterruption } from '../train/interruption.ts'
import { freezeModel } from '../train/freeze-model.ts'
import { openModelText, openSession, type Session } from '../files/open-model.ts'
import { jsonDisplay, textDisplay, type TrainingDisplay } from '../train/display.ts'
import { originOf } from '../files/origin-of.ts'
import { noteUntrained, startingWeights } from '../train/starting-weights.ts'
import type { TrainOptions } from '../train/options.ts'
import { optimizerOptions, recordOf, trainSettings, withRecorded, type TrainSettings } from '../train/settings.ts'
import { trainedMetadata } from '../train/trained-metadata.ts'
import { trainedOutput } from '../train/trained-output.ts'
import { openTrainingData, type TrainingData } from '../train/data.ts'
import { checkPlaces, claimFolder, curveFile, forgetTraining, holdsTraining } from '../train/folder.ts'
import { epochsText, summaryText, writeResults } from '../train/results.ts'

/** Learns the weights of a model from data; what it has reached is kept in a folder, from which it can be continued. */
export async function train(file: string, options: TrainOptions): Promise<void> {
  const session = await openSession(options)
  const { note } = session.terminal
  const { graph: model, text } = openModelText(file, session)
  const folder = options.checkpoint ?? `${model.name}.training`
  const given = options.resume ? await continued(model, folder, options) : await begun(folder, options)
  const settings = trainSettings(given, session.config)
  const graph = freezeModel(model, settings.freeze)
  const output = trainedOutput(graph, settings.target)
  const files = {
    curve: options.curve ?? curveFile(folder),
    ...(options.output !== undefined && { output: options.output }),
  }
  await checkPlaces(folder, Object.values(files))
  const data = await openTrainingData(settings, graph, output.name, note)
  if (options.skip.length > 0 && options.weights.length === 0) throw new UsageError('--skip leaves out some of the weights that --weights gives, and none are given')
  const start = { sources: options.weights, skip: options.skip, seed: settings.seed, normalize: data.normalization, note }
  const weights = options.resume ? new Map<string, TensorData>() : await startingWeights(model, graph, start)
  const reach = gradientReach(graph, output.node)
  noteUntrained(reach, output.name, note)
  const release = await claimFolder(folder)
  try {
    const metadata = metadataTexts(trainedMetadata(originOf(model, text), output, data, settings))
    await learn({ model, graph, output, reach, settings, data, weights, folder, files, options: { ...options, ...(given.backend && { backend: given.backend }) }, metadata }, session)
  } finally {
    release()
  }
}

/** Everything a training needs but the backend. */
interface Prepared {
  /** Before `--freeze`. */
  readonly model: Graph
  readonly graph: Graph
  readonly output: Graph['outputs'][number]
  readonly reach: GradientReach
  readonly settings: TrainSettings
  readonly data: TrainingData
  readonly weights: ReadonlyMap<string, TensorData>
  readonly folder: string
  readonly files: { readonly curve: string; readonly output?: string }
  readonly options: TrainOptions
  /** What files of the weights say of themselves. */
  readonly metadata: Readonly<Record<string, string>>
}

async function learn(prepared: Prepared, { terminal, config }: Session): Promise<void> {
  const { model, graph, output, settings, data, weights, folder, files, options, metadata } = prepared
  const { tf, name: backend, notes } = await openBackend(options.backend ?? config.backend ?? 'auto')
  for (const text of notes) terminal.note(text)
  if (options.json) terminal.jsonLine(startReport(prepared, backend))
  else terminal.note(startText(prepared, backend))

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
        output: logitsOf(output.node, data.loss),
        loss: losses[data.loss],
        metrics: metricsOf(data.loss, typeof classes === 'number' ? classes : 1),
        optimizer: optimizerOf(optimizerOptions(settings)),
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
        metadata,
        settings: {
          ...recordOf(settings),
          '--loss': data.loss,
          '--target': output.name,
          'the number of samples': String(data.training.size),
          ...(data.training.classes && { 'the classes': data.training.classes.join(', ') }),
          'the digest of the samples': data.digest,
          'the backend': backend,
          ...modelRecord(model),
        },
        resume: options.resume,
        signal: interruption.signal,
      }),
      display,
      async () => {
        if (!options.fresh || !(await holdsTraining(folder))) return
        await forgetTraining(folder)
        terminal.note(`${folder}: the training that it held is forgotten`)
      },
    )
    const title = `${graph.name}: ${epochsText(trained.history.length)}`
    const written = await writeResults({ folder, files, title, trained, metadata })
    const best = trained.history.findLast((epoch) => epoch.best)
    const unfinished = best && best.epoch < settings.annealEpochs ? annealedStates(graph).map(({ path }) => path) : []
    if (best && unfinished.length > 0)
      terminal.note(`${unfinished.join(', ')}: in the best epoch, ${best.epoch}, the last value was not reached yet, which it is at the end of epoch ${settings.annealEpochs} (--anneal-epochs)`)
    if (options.json) terminal.jsonLine({ ...end, best: best ?? null, written })
    else terminal.result(summaryText(end, best, written, settings))
    if (end.why === 'stopped') throw new Exit(interruption.code()!)
  } catch (error) {
    if (!(error instanceof Exit)) display.clear()
    if (error instanceof Failure && (await holdsTraining(folder)))
      terminal.complain(`the run is kept in ${folder} as it was last saved`)
    throw error
  } finally {
    interruption.release()
  }
}

/** The first line of `--json`. */
function startReport({ graph, output, settings, data, folder, files, options }: Prepared, backend: BackendName) {
  const { set, ...told } = settings
  const { training, validation, loss } = data
  return {
    kind: 'start',
    model: graph.name,
    backend,
    samples: training.size,
    validationSamples: validation?.size ?? 0,
    classes: training.classes ?? null,
    parameters: statsOf(graph).parameters,
    options: { ...told, loss, target: output.name, set, weights: options.weights, checkpoint: folder, ...files },
  }
}

function startText({ graph, reach, data: { training, validation, loss } }: Prepared, backend: BackendName): string {
  const learning = reach.trained.reduce((sum, { type }) => sum + sizeOf(fixedShape(type.shape)), 0)
  const numbers = [learning, statsOf(graph).parameters.total].map((number) => number.toLocaleString('en-US'))
  const samples = `${training.size} ${training.size === 1 ? 'sample' : 'samples'}, ${validation?.size ?? 0} for validation`
  return `${graph.name}: ${numbers.join(' of ')} parameters learn, from ${samples}; ${loss}, backend ${backend}`
}

/** A run of hours is not written over because of a forgotten option. */
async function begun(folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.fresh || !(await holdsTraining(folder))) return options
  const instead = 'begin anew with --fresh, which forgets it, or keep another one beside it with --checkpoint FOLDER'
  throw new UsageError(`${folder} holds a training already: continue it with --resume, ${instead}`)
}

async function continued(model: Graph, folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.fresh) throw new UsageError('--resume goes on with a training, and --fresh forgets it: give one of them')
  if (options.weights.length > 0) {
    throw new UsageError(
      '--resume goes on with the weights of the checkpoint, and --weights begins with others: give one of them',
    )
  }
  const { settings } = await readCheckpoint(folder, weightsOf(model))
  const backend = options.backend ?? backendNames.find((name) => name === settings['the backend'])
  return { ...withRecorded(options, settings), ...(backend && { backend }) }
}

function scheduleOf({ learningRate, schedule, warmup }: TrainSettings): Schedule {
  const parsed = parseDecay(schedule)
  if ('error' in parsed) throw new UsageError(parsed.error)
  return { rate: learningRate, decay: parsed.decay, warmup }
}

/**
 * Shows every report but the last, to which the files are added.
 *
 * @param begin is called after the first step, before anything is saved
 */
async function follow(
  reports: AsyncGenerator<Report, Trained>,
  display: TrainingDisplay,
  begin: () => Promise<void>,
): Promise<{ readonly trained: Trained; readonly end: EndReport }> {
  let end: EndReport | undefined
  for (let isFirst = true; ; isFirst = false) {
    const next = await reports.next()
    if (isFirst) await begin()
    if (next.done) return { trained: next.value, end: end! }
    if (next.value.kind === 'end') end = next.value
    else display.show(next.value)
  }
}
