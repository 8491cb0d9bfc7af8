import { metadataTexts } from '../../codegen/tfjs/runtime/metadata.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { gradientReach, type GradientReach } from '../../compiler/facts/gradient-reach.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { statsOf } from '../../compiler/facts/stats.ts'
import { openBackend, type BackendName } from '../../runtime/backend/backend.ts'
import { Failure } from '../../runtime/failure/failure.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { annealedStates } from '../../runtime/training/anneal.ts'
import { modelRecord } from '../../runtime/training/model-record.ts'
import { objectiveOf, type Goal, type Objective } from '../../runtime/training/objective.ts'
import { optimizerOf } from '../../runtime/training/optimizer-of.ts'
import { parseDecay } from '../../runtime/training/parse-decay.ts'
import type { Schedule } from '../../runtime/training/schedule.ts'
import { train as runTraining, type Trained } from '../../runtime/training/train.ts'
import type { EndReport, EpochReport, Report } from '../../runtime/training/reports.ts'
import { commonestClassText } from '../eval/commonest-class.ts'
import { Exit, UsageError } from '../exit/exit.ts'
import { outputOf } from '../options/output-of.ts'
import { rateOf } from '../train/weight-rules.ts'
import { catchInterruption } from '../train/interruption.ts'
import { freezeModel } from '../train/freeze-model.ts'
import { openModelText, openSession, type Session } from '../files/open-model.ts'
import { jsonDisplay, textDisplay, type TrainingDisplay } from '../train/display.ts'
import { originOf } from '../files/origin-of.ts'
import { noteUntrained, startingWeights } from '../train/starting-weights.ts'
import type { TrainOptions } from '../train/options.ts'
import { optimizerOptions, trainSettings, type TrainSettings } from '../train/settings.ts'
import { recordOf } from '../train/record.ts'
import { trainedMetadata } from '../train/trained-metadata.ts'
import { lossText, recordedGoals } from '../train/recorded-goals.ts'
import { openTrainingData, type TrainingData } from '../train/data.ts'
import { begun, continued, folderOf, resumedRecord, withParameters } from '../train/continued.ts'
import { checkPlaces, claimFolder, curveFile, forgetTraining, holdsTraining } from '../train/folder.ts'
import { epochsText, summaryText, writeResults } from '../train/results.ts'

/** Learns the weights of a model from data; what it has reached is kept in a folder, from which it can be continued. */
export async function train(file: string, options: TrainOptions): Promise<void> {
  const record = await resumedRecord(file, options)
  const session = withParameters(await openSession(options), record)
  const { note } = session.terminal
  const { graph: model, text } = openModelText(file, session)
  const folder = folderOf(options, model.name)
  const given = options.resume ? await continued(model, folder, options, record) : await begun(folder, options)
  const settings = trainSettings({ ...given, set: session.options.set }, session.config)
  const { graph, earlier } = freezeModel(model, settings)
  const files = {
    curve: given.curve ?? curveFile(folder),
    ...(given.output !== undefined && { output: given.output }),
  }
  await checkPlaces(folder, Object.values(files), readBy(file, options, settings))
  const data = await openTrainingData(settings, graph, note)
  if (options.skip.length > 0 && options.weights.length === 0) throw new UsageError('--skip leaves out some of the weights that --weights gives, and none are given')
  const start = { sources: options.weights, skip: options.skip, seed: settings.seed, normalize: data.normalization, note }
  const weights = options.resume ? new Map<string, TensorData>() : await startingWeights(model, graph, start)
  const objectives = objectivesIn(graph, data.goals)
  const last = earlier.find(({ until }) => until > settings.epochs)?.graph ?? graph
  const reach = gradientReach(last, objectivesIn(last, data.goals).map(({ value }) => value))
  noteUntrained(reach, data.goals.map(({ output }) => output.name), note)
  for (const { glob, epoch } of settings.unfreeze)
    note(`weights: ${glob} is frozen ${epoch > settings.epochs ? `to the end, as there ${settings.epochs === 1 ? 'is' : 'are'} ${epochsText(settings.epochs)}` : `before epoch ${epoch}`}`)
  const release = await claimFolder(folder)
  try {
    const metadata = metadataTexts(trainedMetadata(originOf(model, text), data, settings))
    await learn({ model, graph, earlier, objectives, reach, settings, data, weights, folder, files, options: { ...options, ...(given.backend && { backend: given.backend }) }, metadata }, session)
  } finally {
    release()
  }
}

/** What is computed of goals in a graph of the model, of which some weights may be frozen. */
const objectivesIn = (graph: Graph, goals: readonly Goal[]): readonly Objective[] =>
  goals.map((goal) => objectiveOf({ ...goal, output: outputOf(graph, goal.output.name) }))

/** The files that a training reads, but for weights: what it begins with may be what it makes better. */
const readBy = (file: string, { config }: TrainOptions, { data, labels, validation, validationLabels, classWeights }: TrainSettings): readonly string[] =>
  [file, config, data, labels, typeof validation === 'string' ? validation : undefined, validationLabels, classWeights].filter(
    (each) => each !== undefined,
  )

/** Everything a training needs but the backend. */
interface Prepared {
  /** Before `--freeze`. */
  readonly model: Graph
  readonly graph: Graph
  /** While weights are frozen at first. */
  readonly earlier: readonly { readonly until: number; readonly graph: Graph }[]
  readonly objectives: readonly Objective[]
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
  const { model, graph, earlier, objectives, settings, data, weights, folder, files, options, metadata } = prepared
  const { tf, name: backend, notes } = await openBackend(options.backend ?? config.backend ?? 'auto')
  for (const text of notes) terminal.note(text)
  if (options.json) terminal.jsonLine(startReport(prepared, backend))
  else terminal.note(startText(prepared, backend))

  const display = options.json ? jsonDisplay(terminal) : textDisplay(terminal, { epochs: settings.epochs, quiet: options.quiet })
  const interruption = catchInterruption(() => {
    display.clear()
    terminal.complain('fmw: saving and stopping after this step; another Ctrl-C ends at once')
  })
  let hasBegun = options.resume
  try {
    const { trained, end } = await follow(
      runTraining({
        graph,
        tf,
        objectives,
        earlier: earlier.map((phase) => ({ ...phase, objectives: objectivesIn(phase.graph, data.goals) })),
        rateOf: rateOf(settings.rate),
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
          ...recordOf({ ...settings, output: files.output, curve: files.curve === curveFile(folder) ? undefined : files.curve }, folder),
          ...recordedGoals(settings, data),
          'the number of samples': String(data.training.size),
          'the digest of the samples': data.digest,
          'the backend': backend,
          ...modelRecord(model),
        },
        resume: options.resume,
        signal: interruption.signal,
      }),
      display,
      async () => {
        hasBegun = true
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
    else terminal.result(summaryText(end, written, { best, patience: settings.patience, common: best && commonText(data, best) }))
    if (end.why === 'stopped') throw new Exit(interruption.code()!)
  } catch (error) {
    if (!(error instanceof Exit)) display.clear()
    if (error instanceof Failure && hasBegun && (await holdsTraining(folder)))
      terminal.complain(`the run is kept in ${folder} as it was last saved`)
    throw error
  } finally {
    interruption.release()
  }
}

/** The first line of `--json`. */
function startReport({ graph, settings, data, folder, files, options }: Prepared, backend: BackendName) {
  const { set, ...told } = settings
  const { training, validation, goals } = data
  const { output, loss } = goals[0]!
  return {
    kind: 'start',
    model: graph.name,
    backend,
    samples: training.size,
    validationSamples: validation?.size ?? 0,
    classes: data.targets[output.name]!.classes ?? null,
    parameters: statsOf(graph).parameters,
    options: { ...told, loss, target: output.name, targets: goals.map(({ output: { name }, loss, weight }) => ({ output: name, loss, weight })), set, weights: options.weights, checkpoint: folder, ...files },
  }
}

function startText({ graph, reach, data: { training, validation, goals } }: Prepared, backend: BackendName): string {
  const learning = reach.trained.reduce((sum, { type }) => sum + sizeOf(fixedShape(type.shape)), 0)
  const numbers = [learning, statsOf(graph).parameters.total].map((number) => number.toLocaleString('en-US'))
  const samples = `${training.size} ${training.size === 1 ? 'sample' : 'samples'}, ${validation?.size ?? 0} for validation`
  return `${graph.name}: ${numbers.join(' of ')} parameters learn, from ${samples}; ${lossText(goals)}, backend ${backend}`
}

/** That the best epoch has learned no more of the first output than which class is the commonest. */
function commonText({ goals: [goal], targets, judged }: TrainingData, best: EpochReport): string | undefined {
  const { accuracy } = (best.validation ?? best).metrics
  if (!goal || accuracy === undefined || judged.length === 0) return undefined
  return commonestClassText(judged, accuracy, (label) => targets[goal.output.name]!.classes?.[label] ?? String(label))
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
