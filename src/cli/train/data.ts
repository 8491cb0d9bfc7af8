import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import type { RandomStream } from '../../codegen/tfjs/runtime/random.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { augment } from '../../runtime/data/augment.ts'
import { checkAugmentations, isMapOf } from '../../runtime/data/check-augmentations.ts'
import type { Batch, Dataset } from '../../runtime/data/dataset.ts'
import { checkNormalization, noNormalization, normalizeBatch, parseNormalization } from '../../runtime/data/normalize.ts'
import { isFolder, openDataset } from '../../runtime/data/open-dataset.ts'
import type { DatasetOptions, OpenedDataset, OpenedTarget } from '../../runtime/data/opened-dataset.ts'
import { parseAugmentation } from '../../runtime/data/parse-augmentation.ts'
import { splitSamples } from '../../runtime/data/split.ts'
import { classCounts } from '../../runtime/training/class-weights.ts'
import { isOfProbabilities } from '../../runtime/training/losses.ts'
import type { Goal } from '../../runtime/training/objective.ts'
import { UsageError } from '../exit/exit.ts'
import { withClassWeights } from './class-weights.ts'
import { aimsOf, checkGoals, goalsOf, markedParts, noteAbsent, targetsOf, type Aim } from './goals.ts'
import type { TrainSettings } from './settings.ts'

export interface TrainingData {
  readonly training: Dataset
  readonly validation: Dataset | undefined
  /** Changes a training batch as --augment and --normalize say. */
  readonly prepare: (batch: Batch, random: RandomStream) => Batch
  readonly goals: readonly Goal[]
  /** Of all samples, by output. */
  readonly targets: Readonly<Record<string, OpenedTarget>>
  /** How often each class of the first output is among the samples by which epochs are judged; none where it has no classes. */
  readonly judged: readonly number[]
  /** Of the samples that are learned from and those that are measured. */
  readonly digest: string
  readonly normalization: Normalization
  /** Height and width, where the samples are pictures. */
  readonly pictureSize: readonly [number, number] | undefined
}

/**
 * The samples to learn from and those to measure with, and the losses they ask for where none is given.
 *
 * @throws Failure with everything that is wrong with the data; UsageError where no sample is left to learn from, or classes
 *   differ
 */
export async function openTrainingData(settings: TrainSettings, graph: Graph, note: (text: string) => void): Promise<TrainingData> {
  const plan = settings.augment?.split(',').map(parseAugmentation) ?? []
  const normalization = settings.normalize === undefined ? undefined : parseNormalization(settings.normalize)
  if (normalization) checkNormalization(normalization, graph)
  const normalized = (batch: Batch): Batch => (normalization ? normalizeBatch(batch, normalization) : batch)

  const aims = aimsOf(graph, settings)
  const options: DatasetOptions = { targets: targetsOf(aims), resize: settings.resize, normalization, note }
  const { data, labels, validation } = settings
  const opened = await openDataset({ data, ...(labels !== undefined && { labels }) }, graph, options)
  const goals = goalsOf(aims, opened, data, note)
  checkAugmentations(plan, graph, goals.map(({ output, loss }, i) => ({
    output: output.name,
    isOfValues: opened.targets[output.name]!.kind === 'values' && !isOfProbabilities(loss),
    isOwn: graph.inputs.some(({ name }) => name === aims[i]!.from),
  })))
  checkGoals(goals, opened, data)
  noteAbsent(goals, opened, data, note)
  const maps = new Set(goals.map(({ output: { name } }) => name).filter((name) => isMapOf(graph, name)))
  const known = {
    targets: opened.targets,
    normalization: normalization ?? noNormalization,
    pictureSize: opened.pictureSize,
    prepare: (batch: Batch, random: RandomStream) => normalized(augment(batch, plan, random, maps)),
  }
  const weighed = (all: readonly Goal[], positions: readonly number[]) => withClassWeights(settings.classWeights, all, opened.targets, positions)
  if (typeof validation === 'string') {
    const classes = ({ output }: Aim) => opened.targets[output.name]!.classes
    const other = await openValidation(validation, settings, graph, { ...options, targets: targetsOf(aims, classes) })
    checkClasses(opened, data, other, validation)
    checkGoals(goals, other, validation)
    return {
      ...known,
      training: opened,
      validation: measured(other, normalized),
      goals: await weighed(markedParts(goals, other), allOf(opened)),
      judged: judgedBy(goals[0]!, other, allOf(other)),
      digest: `${opened.digest} and ${other.digest}`,
    }
  }
  if (settings.validationLabels !== undefined) throw new UsageError('--validation-labels belongs to --validation PATH, and there is none')
  const parts = partsOf(opened, goals, validation, settings.seed)
  if (parts.training.length === 0) {
    throw new UsageError(`--validation ${validation} leaves none of the ${opened.size} samples of ${data} to learn from`)
  }
  const hasValidation = parts.validation.length > 0
  if (validation > 0 && !hasValidation) note(`validation: none, as ${validation} of ${opened.size} samples is less than one`)
  return {
    ...known,
    training: subset(opened, parts.training),
    validation: hasValidation ? measured(subset(opened, parts.validation), normalized) : undefined,
    goals: await weighed(goals, parts.training),
    judged: judgedBy(goals[0]!, opened, hasValidation ? parts.validation : parts.training),
    digest: opened.digest,
  }
}

const allOf = ({ size }: Dataset): readonly number[] => Array.from({ length: size }, (_, position) => position)

const judgedBy = (goal: Goal, { targets }: OpenedDataset, positions: readonly number[]): readonly number[] =>
  isOfProbabilities(goal.loss) ? classCounts(goal, targets[goal.output.name]!, positions) : []

async function openValidation(data: string, { labels, validationLabels }: TrainSettings, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const [isNpy, isOfPictures] = [/\.npy$/i.test(data), await isFolder(data)]
  const isAnswered = options.targets.some(({ from }) => from === undefined)
  if (isNpy && isAnswered && validationLabels === undefined) {
    throw new UsageError(
      `--validation ${data}: a .npy file does not say its labels: --validation-labels names the file that does`,
    )
  }
  if (isOfPictures && labels !== undefined && validationLabels === undefined) {
    throw new UsageError(`--validation ${data}: the labels of --data are in ${labels}, and --validation-labels names those of these pictures`)
  }
  if (!isNpy && !isOfPictures && validationLabels !== undefined) {
    throw new UsageError(`--validation-labels belongs to a folder of pictures or a .npy file, and --validation ${data} holds its labels itself`)
  }
  return openDataset({ data, ...(validationLabels !== undefined && { labels: validationLabels }) }, graph, options)
}

/** The classes of the first output with a label for each sample are split alike, so that the measure is of all of them. */
function partsOf({ size, targets }: OpenedDataset, goals: readonly Goal[], fraction: number, seed: number) {
  const labelled = goals.map(({ output }) => targets[output.name]!).find(({ kind, data }) => kind === 'labels' && data.shape.length === 1)
  return splitSamples(size, { fraction, seed, ...(labelled && { labels: labelled.data.values }) })
}

const subset = ({ read }: Dataset, positions: readonly number[]): Dataset => ({
  size: positions.length,
  read: (chosen) => read(chosen.map((i) => positions[i]!)),
})

const measured = (dataset: Dataset, change: (batch: Batch) => Batch): Dataset => ({
  ...dataset,
  read: async (positions) => change(await dataset.read(positions)),
})

/** A label is the position of a class: other classes would be other labels. */
function checkClasses(training: OpenedDataset, data: string, validation: OpenedDataset, other: string): void {
  for (const [output, { classes }] of Object.entries(training.targets)) {
    const found = validation.targets[output]!.classes
    if (String(classes) === String(found)) continue
    const list = (names: readonly string[] | undefined): string => names?.join(', ') ?? 'none by name'
    throw new UsageError(`the classes of ${other} are ${list(found)}, and those of ${data} are ${list(classes)}`)
  }
}
