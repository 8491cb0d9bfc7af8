import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { augment } from '../../runtime/data/augment.ts'
import { checkAugmentations, isMapOf } from '../../runtime/data/check-augmentations.ts'
import { checkNormalization, noNormalization, normalizeBatch, parseNormalization } from '../../runtime/data/normalize.ts'
import { openDataset } from '../../runtime/data/open-dataset.ts'
import type { DatasetOptions, OpenedDataset } from '../../runtime/data/opened-dataset.ts'
import { parseAugmentation } from '../../runtime/data/parse-augmentation.ts'
import { splitSamples } from '../../runtime/data/split.ts'
import type { RandomStream } from '../../codegen/tfjs/runtime/random.ts'
import { checkTargets } from '../../runtime/training/check-targets.ts'
import { isOfProbabilities, type LossName } from '../../runtime/training/losses.ts'
import { failIfAny } from '../../runtime/failure/failure.ts'
import type { Batch, Dataset } from '../../runtime/data/dataset.ts'
import { UsageError } from '../exit/exit.ts'
import { chosenLoss, targetOf } from './chosen-loss.ts'
import type { TrainSettings } from './settings.ts'

export interface TrainingData {
  readonly training: Dataset
  readonly validation: Dataset | undefined
  /** Changes a training batch as --augment and --normalize say. */
  readonly prepare: (batch: Batch, random: RandomStream) => Batch
  readonly loss: LossName
  /** Of the samples that are learned from and those that are measured. */
  readonly digest: string
  readonly normalization: Normalization
  /** Height and width, where the samples are pictures. */
  readonly pictureSize: readonly [number, number] | undefined
}

/**
 * The samples to learn from and those to measure with, and the loss they ask for where none is given.
 *
 * @throws Failure with everything that is wrong with the data; UsageError where no sample is left to learn from, or classes
 *   differ
 */
export async function openTrainingData(
  settings: TrainSettings,
  graph: Graph,
  output: string,
  note: (text: string) => void,
): Promise<TrainingData> {
  const plan = settings.augment?.split(',').map(parseAugmentation) ?? []
  const normalization = settings.normalize === undefined ? undefined : parseNormalization(settings.normalize)
  if (normalization) checkNormalization(normalization, graph)
  const normalized = (batch: Batch): Batch => (normalization ? normalizeBatch(batch, normalization) : batch)

  const options: DatasetOptions = { target: targetOf(output, settings.loss), resize: settings.resize, note }
  const { data, labels, validation } = settings
  const opened = await openDataset({ data, ...(labels !== undefined && { labels }) }, graph, options)
  const { node } = graph.outputs.find(({ name }) => name === output)!
  const loss = chosenLoss(settings.loss, node, opened, output, note)
  checkAugmentations(plan, graph, { output, isOfValues: opened.kind === 'values' && !isOfProbabilities(loss) })
  failIfAny(checkTargets({ ...opened, output: node, loss, name: output, file: data }))
  const known = { loss, digest: opened.digest, normalization: normalization ?? noNormalization, pictureSize: opened.pictureSize }
  const prepare: TrainingData['prepare'] = (batch, random) => normalized(augment(batch, plan, random, isMapOf(graph, output)))
  if (typeof validation === 'string') {
    const other = await openValidation(validation, settings.validationLabels, graph, { ...options, classes: opened.classes })
    checkClasses(opened, data, other, validation)
    failIfAny(checkTargets({ ...other, output: node, loss, name: output, file: validation }))
    return { training: opened, validation: measured(other, normalized), prepare, ...known, digest: `${opened.digest} and ${other.digest}` }
  }
  if (settings.validationLabels !== undefined) throw new UsageError('--validation-labels belongs to --validation FILE.npy')
  const parts = partsOf(opened, validation, settings.seed)
  if (parts.training.length === 0) {
    throw new UsageError(`--validation ${validation} leaves none of the ${opened.size} samples of ${data} to learn from`)
  }
  if (validation > 0 && parts.validation.length === 0)
    note(`validation: none, as ${validation} of ${opened.size} samples is less than one`)
  return {
    training: subset(opened, parts.training),
    validation: parts.validation.length === 0 ? undefined : measured(subset(opened, parts.validation), normalized),
    prepare,
    ...known,
  }
}

function openValidation(data: string, labels: string | undefined, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  if (/\.npy$/i.test(data) && labels === undefined) {
    throw new UsageError(
      `--validation ${data}: a .npy file does not say its labels: --validation-labels names the file that does`,
    )
  }
  if (!/\.npy$/i.test(data) && labels !== undefined) {
    throw new UsageError(`--validation-labels belongs to a .npy file, and --validation ${data} holds its labels itself`)
  }
  return openDataset({ data, ...(labels !== undefined && { labels }) }, graph, options)
}

/** The classes of labels are split alike, so that the measure is of all of them. */
function partsOf({ size, kind, targets }: OpenedDataset, fraction: number, seed: number) {
  return splitSamples(size, {
    fraction,
    seed,
    ...(kind === 'labels' && targets.shape.length === 1 && { labels: targets.values }),
  })
}

const subset = ({ classes, read }: Dataset, positions: readonly number[]): Dataset => ({
  size: positions.length,
  ...(classes && { classes }),
  read: (chosen) => read(chosen.map((i) => positions[i]!)),
})

const measured = (dataset: Dataset, change: (batch: Batch) => Batch): Dataset => ({
  ...dataset,
  read: async (positions) => change(await dataset.read(positions)),
})

/** A label is the position of a class: other classes would be other labels. */
function checkClasses(training: Dataset, data: string, validation: Dataset, other: string): void {
  if (String(training.classes) === String(validation.classes)) return
  const list = (classes: readonly string[] | undefined): string => classes?.join(', ') ?? 'none by name'
  throw new UsageError(
    `the classes of ${other} are ${list(validation.classes)}, and those of ${data} are ${list(training.classes)}`,
  )
}
