import type { Graph } from '../../compiler/graph/graph.ts'
import { openBackend, type BackendName } from '../../runtime/backend/backend.ts'
import { batchesInOrder } from '../../runtime/data/batches.ts'
import { normalizeBatch } from '../../runtime/data/normalize.ts'
import { isFolder, openDataset } from '../../runtime/data/open-dataset.ts'
import { failIfAny } from '../../runtime/failure/failure.ts'
import { checkTargets } from '../../runtime/training/check-targets.ts'
import { Confusion, saidClasses } from '../../runtime/training/confusion.ts'
import { createEvaluator } from '../../runtime/training/evaluator.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import { isOfClasses, isOfProbabilities, losses, type LossName } from '../../runtime/training/losses.ts'
import { noTotals, sumOfTotals } from '../../runtime/training/measured.ts'
import { metricsOf } from '../../runtime/training/metric.ts'
import { scoreOf } from '../../runtime/training/score-of.ts'
import type { WeightSource } from '../../runtime/weights/weights.ts'
import { measuredText, type Measurement } from '../eval/measured-text.ts'
import { UsageError } from '../exit/exit.ts'
import { inputRules, metadataText } from '../files/input-rules.ts'
import { openModel, openSession, type Session } from '../files/open-model.ts'
import { readWeights } from '../files/read-weights.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { chosenLoss, targetOf } from '../train/chosen-loss.ts'
import { trainedOutput } from '../train/trained-output.ts'

interface EvalOptions extends CommonOptions {
  readonly weights: readonly WeightSource[]
  readonly data?: string
  readonly labels?: string
  readonly loss?: LossName
  readonly target?: string
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
  if (options.data === undefined) throw new UsageError('there is nothing to measure on: --data names a folder of pictures or a file')
  if (options.weights.length === 0) throw new UsageError('there is nothing to measure: --weights names the file of the trained weights')
  const measured = await measure(graph, options.data, options, session)
  const { terminal } = session
  if (options.json) terminal.json(jsonOf(measured))
  else terminal.result(measuredText(measured, options.by === 'class', terminal.outStyle))
}

const jsonOf = ({ loss, lossName, metrics, samples, backend, classes, confusion }: Measurement) => ({
  loss,
  metrics,
  classes,
  confusion,
  samples,
  lossName,
  backend,
})

async function measure(graph: Graph, data: string, options: EvalOptions, { terminal: { note }, config }: Session): Promise<Measurement> {
  const output = trainedOutput(graph, options.target)
  const { weights, described } = await readWeights(graph, options, { seed: 0, note })
  if (described) note(`${described.file} says: ${metadataText(described.metadata, options)}`)
  const { normalization, resize } = inputRules(graph, options, described)
  const known = described?.metadata.output === output.name ? described.metadata.classes : undefined
  const source = { data, ...(options.labels !== undefined && { labels: options.labels }) }
  // what weights say of pictures is not meant for arrays
  const isResized = options.resize ?? (resize && (await isFolder(data)))
  const opened = await openDataset(source, graph, { target: targetOf(output.name, options.loss), resize: isResized, classes: known, note })
  const loss = chosenLoss(options.loss, output.node, opened, output.name, note)
  failIfAny(checkTargets({ ...opened, output: output.node, loss, name: output.name, file: data }))

  const { tf, name: backend, notes } = await openBackend(options.backend ?? config.backend ?? 'auto')
  for (const text of notes) note(text)
  note(`backend: ${backend}`)
  const last = output.node.type.shape.at(-1)?.dim
  const count = typeof last === 'number' ? last : 1
  const metrics = metricsOf(loss, count)
  const evaluator = createEvaluator({ graph, tf, output: logitsOf(output.node, loss), loss: losses[loss], metrics })
  const loaded = new Map([...weights].map(([path, { shape, values }]) => [path, tf.tensor(values, [...shape], 'float32')]))
  const confusion = isOfProbabilities(loss) ? new Confusion(isOfClasses(loss) ? count : 2) : undefined
  let totals = noTotals(metrics.length)
  try {
    evaluator.load(loaded)
    for (const positions of batchesInOrder(opened.size, options.batch ?? 32)) {
      const read = await opened.read(positions)
      const batch = normalization ? normalizeBatch(read, normalization) : read
      totals = sumOfTotals(
        totals,
        evaluator.measure(batch, (value, targets) => {
          if (!confusion) return
          const said = saidClasses(tf, loss, value, targets)
          confusion.add(said.targets, said.found)
        }),
      )
    }
  } finally {
    evaluator.dispose()
    tf.dispose([...loaded.values()])
  }
  const names = opened.classes ?? known
  return {
    model: graph.name,
    data,
    samples: opened.size,
    backend,
    lossName: loss,
    ...scoreOf(totals, metrics),
    classes: confusion ? classNames(names, confusion.counts.length) : null,
    confusion: confusion?.counts ?? null,
  }
}

const classNames = (names: readonly string[] | undefined, count: number): readonly string[] =>
  names?.length === count ? names : Array.from({ length: count }, (_, i) => String(i))
