import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { openBackend, type BackendName } from '../../runtime/backend/backend.ts'
import { batchesInOrder } from '../../runtime/data/batches.ts'
import { normalizeBatch } from '../../runtime/data/normalize.ts'
import { openDataset } from '../../runtime/data/open-dataset.ts'
import type { OpenedDataset, Target } from '../../runtime/data/opened-dataset.ts'
import { Confusion, saidClasses } from '../../runtime/training/confusion.ts'
import { createEvaluator } from '../../runtime/training/evaluator.ts'
import { isOfClasses, isOfProbabilities, type LossName } from '../../runtime/training/losses.ts'
import { noTotals, sumOfTotals, type Measured } from '../../runtime/training/measured.ts'
import { objectiveOf, type Objective } from '../../runtime/training/objective.ts'
import { scoreOf } from '../../runtime/training/score-of.ts'
import { checkWeightValues } from '../../runtime/weights/check-values.ts'
import type { WeightSource } from '../../runtime/weights/weights.ts'
import { classRows, measuredText, type MeasuredOutput, type Measurement } from '../eval/measured-text.ts'
import { UsageError } from '../exit/exit.ts'
import { saidOf } from '../files/described-by.ts'
import { inputRules, metadataText, namesText } from '../files/input-rules.ts'
import { openModel, openSession, type Session } from '../files/open-model.ts'
import { readWeights } from '../files/read-weights.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { aimsOf, checkGoals, goalsOf, targetsOf } from '../train/goals.ts'
import type { TargetChoice } from '../train/target-choice.ts'

interface EvalOptions extends CommonOptions {
  readonly weights: readonly WeightSource[]
  readonly data?: string
  readonly labels?: string
  readonly loss?: LossName
  readonly target: readonly TargetChoice[]
  readonly ignore?: number
  readonly normalize?: string
  readonly resize?: boolean
  readonly metadata: boolean
  readonly batch?: number
  readonly by?: 'class'
  readonly backend?: 'auto' | BackendName
  readonly json: boolean
}

/** Measures loss and metrics of trained weights on data, and which classes are taken for which. */
export async function evaluate(file: string, options: EvalOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  if (options.data === undefined || options.data === '') throw new UsageError('there is nothing to measure on: --data names a folder of pictures or a file')
  if (options.weights.length === 0) throw new UsageError('there is nothing to measure: --weights names the file of the trained weights')
  const measured = await measure(graph, options.data, options, session)
  const { terminal } = session
  const byClass = options.by === 'class'
  if (byClass && measured.measured.every(({ classes }) => classes === null))
    throw new UsageError(`--by class: ${measured.measured.map(({ name, lossName }) => `${name} is measured by ${lossName}`).join(' and ')}, which tells no classes apart`)
  if (options.json) terminal.json(jsonOf(measured, byClass))
  else terminal.result(measuredText(measured, byClass, terminal.outStyle))
}

/** The first output stands at the top, as where there is one. */
function jsonOf({ loss, metrics, measured, samples, backend }: Measurement, byClass: boolean) {
  const first = measured[0]!
  const rowsOf = ({ classes, confusion }: MeasuredOutput) => byClass && classes && confusion && { byClass: classRows(classes, confusion) }
  return {
    loss,
    metrics,
    classes: first.classes,
    confusion: first.confusion,
    ...rowsOf(first),
    samples,
    lossName: first.lossName,
    backend,
    ...(measured.length > 1 && { outputs: Object.fromEntries(measured.map(({ name, ...output }) => [name, { ...output, ...rowsOf({ name, ...output }) }])) }),
  }
}

async function measure(graph: Graph, data: string, options: EvalOptions, { terminal: { note }, config }: Session): Promise<Measurement> {
  const aims = aimsOf(graph, { targets: options.target, loss: options.loss, ignore: options.ignore })
  const { weights, described } = await readWeights(graph, options, { seed: 0, note })
  for (const { message, file } of checkWeightValues(weights, options.weights.map((source) => source.file))) note(`${file}: ${message}, so what is measured means nothing`)
  if (described) note(`${described.file} says: ${metadataText(described.metadata, options)}`)
  const { normalization, resize } = inputRules(graph, options, described)
  const source = { data, ...(options.labels !== undefined && { labels: options.labels }) }
  // what weights say of pictures is not meant for arrays
  const resized = options.resize ?? (resize && 'pictures')
  const targets = targetsOf(aims, ({ output }) => saidOf(output.name, described?.metadata)?.classes)
  const opened = await openDataset(source, graph, { targets, resize: resized, normalization, note })
  const goals = goalsOf(aims, opened, data, note)
  checkGoals(goals, opened, data)
  noteOwnClasses(targets, opened, note)

  const { tf, name: backend, notes } = await openBackend(options.backend ?? config.backend ?? 'auto')
  for (const text of notes) note(text)
  note(`backend: ${backend}`)
  const objectives = goals.map(objectiveOf)
  const { totals, confusions } = await measureAll({ graph, tf, objectives }, weights, opened, { batch: options.batch ?? 32, normalization })
  const score = scoreOf(totals, objectives)
  return {
    model: graph.name,
    data,
    samples: opened.size,
    backend,
    ...score,
    measured: objectives.map(({ output: { name }, loss }, i) => {
      const confusion = confusions[i]?.counts ?? null
      const classes = confusion && classNames(opened.targets[name]!.classes, confusion.length)
      return { name, lossName: loss, ...(score.outputs?.[name] ?? { loss: score.loss, metrics: score.metrics }), classes, confusion }
    }),
  }
}

/** Nothing tells whether these are the classes that the weights have learned, nor their order. */
function noteOwnClasses(asked: readonly Target[], { targets }: OpenedDataset, note: (text: string) => void): void {
  const known = asked.flatMap(({ classes }) => (classes ? [classes] : []))
  for (const { output } of asked) {
    const { classes } = targets[output]!
    // labels that are shared with an output whose classes are known have these
    if (classes && !known.includes(classes)) note(`the weights do not name the classes of ${output}: they are taken to be those of the data, ${namesText(classes)}`)
  }
}

interface Measuring {
  /** Samples that are computed at once. */
  readonly batch: number
  readonly normalization: Normalization | undefined
}

/** What the weights come to on all samples, and of outputs with classes which are taken for which. */
async function measureAll(task: Measured, weights: ReadonlyMap<string, TensorData>, data: OpenedDataset, { batch, normalization }: Measuring) {
  const { tf, objectives } = task
  const evaluator = createEvaluator(task)
  const loaded = new Map([...weights].map(([path, { shape, values }]) => [path, tf.tensor(values, [...shape], 'float32')]))
  const confusions = objectives.map(confusionOf)
  let totals = noTotals(objectives)
  try {
    evaluator.load(loaded)
    for (const positions of batchesInOrder(data.size, batch)) {
      const read = await data.read(positions)
      const measured = evaluator.measure(normalization ? normalizeBatch(read, normalization) : read, (outcomes) => {
        for (const [i, outcome] of outcomes.entries()) confusions[i]?.add(saidClasses(tf, outcome))
      })
      totals = sumOfTotals(totals, measured)
    }
  } finally {
    evaluator.dispose()
    tf.dispose([...loaded.values()])
  }
  return { totals, confusions }
}

function confusionOf({ output, loss, hasParts }: Objective): Confusion | undefined {
  const classes = output.node.type.shape.at(-1)?.dim
  if (hasParts || !isOfProbabilities(loss)) return undefined
  return new Confusion(isOfClasses(loss) && typeof classes === 'number' ? classes : 2)
}

const classNames = (names: readonly string[] | undefined, count: number): readonly string[] =>
  names?.length === count ? names : Array.from({ length: count }, (_, i) => String(i))
