import path from 'node:path'
import { defaultRate, optimizerMistake, type OptimizerName, type OptimizerOptions } from '../../runtime/training/optimizer-of.ts'
import type { Config } from '../files/config.ts'
import { UsageError } from '../exit/exit.ts'
import type { LossName } from '../../runtime/training/losses.ts'
import type { TrainOptions } from './options.ts'
import { targetText, type TargetChoice } from './target-choice.ts'
import type { Unfreezing, WeightRate } from './weight-rules.ts'

/** The options of a training with their defaults. */
export interface TrainSettings {
  readonly data: string
  readonly labels: string | undefined
  /** A part of the samples, or the path of others. */
  readonly validation: number | string
  readonly validationLabels: string | undefined
  readonly augment: string | undefined
  readonly normalize: string | undefined
  readonly resize: boolean
  readonly epochs: number
  readonly batch: number
  readonly optimizer: OptimizerName
  readonly learningRate: number
  /** What the optimiser is told beyond the rate; what is undefined is left to it. */
  readonly momentum: number | undefined
  readonly nesterov: boolean | undefined
  readonly beta1: number | undefined
  readonly beta2: number | undefined
  readonly rho: number | undefined
  readonly epsilon: number | undefined
  readonly weightDecay: number | undefined
  readonly loss: LossName | undefined
  readonly targets: readonly TargetChoice[]
  readonly ignore: number | undefined
  readonly classWeights: string | undefined
  readonly schedule: string
  readonly warmup: number
  readonly clip: number | undefined
  readonly patience: number | undefined
  readonly annealEpochs: number
  readonly seed: number
  readonly freeze: readonly string[]
  readonly unfreeze: readonly Unfreezing[]
  readonly rate: readonly WeightRate[]
  readonly set: Readonly<Record<string, string>>
}

/** @throws UsageError where no data is given, or the optimiser does not have what it is told */
export function trainSettings(options: TrainOptions, config: Config): TrainSettings {
  const { data, optimizer = 'adam', momentum, nesterov, beta1, beta2, rho, epsilon, weightDecay } = options
  if (data === undefined) throw new UsageError('there is nothing to learn from: --data names a folder of pictures or a file')
  const optimizing = { optimizer, momentum, nesterov, beta1, beta2, rho, epsilon, weightDecay }
  const mistake = optimizerMistake(optimizerOptions(optimizing))
  if (mistake !== undefined) throw new UsageError(mistake)
  return {
    data: plainPath(data),
    labels: options.labels === undefined ? undefined : plainPath(options.labels),
    validation: typeof options.validation === 'string' ? plainPath(options.validation) : (options.validation ?? 0.2),
    validationLabels: options.validationLabels === undefined ? undefined : plainPath(options.validationLabels),
    augment: options.augment,
    normalize: options.normalize,
    resize: options.resize ?? false,
    epochs: options.epochs ?? 10,
    batch: options.batch ?? 32,
    ...optimizing,
    learningRate: options.learningRate ?? defaultRate(optimizer),
    ...chosenLoss(options),
    ignore: options.ignore,
    classWeights: options.classWeights,
    schedule: options.schedule ?? 'constant',
    warmup: options.warmup ?? 0,
    clip: options.clip,
    patience: options.patience,
    annealEpochs: options.annealEpochs ?? 10,
    seed: options.seed ?? config.seed ?? 0,
    freeze: options.freeze,
    unfreeze: options.unfreeze,
    rate: options.rate,
    set: { ...config.set, ...options.set },
  }
}

/** The loss of a single target is that of the training, wherever it is written. */
function chosenLoss({ loss, target }: TrainOptions): Pick<TrainSettings, 'loss' | 'targets'> {
  const [only, ...others] = target
  if (!only?.loss || others.length > 0) return { loss, targets: target }
  if (loss !== undefined && loss !== only.loss) throw new UsageError(`--target ${targetText(only)} has another loss than --loss ${loss}`)
  const { loss: own, ...rest } = only
  return { loss: own, targets: [rest] }
}

type Optimizing = Pick<
  TrainSettings,
  'optimizer' | 'momentum' | 'nesterov' | 'beta1' | 'beta2' | 'rho' | 'epsilon' | 'weightDecay'
>

/** What an optimiser is made from. */
export function optimizerOptions({
  optimizer,
  momentum,
  nesterov,
  beta1,
  beta2,
  rho,
  epsilon,
  weightDecay,
}: Optimizing): OptimizerOptions {
  return {
    name: optimizer,
    ...(momentum !== undefined && { momentum }),
    ...(nesterov !== undefined && { nesterov }),
    ...(beta1 !== undefined && { beta1 }),
    ...(beta2 !== undefined && { beta2 }),
    ...(rho !== undefined && { rho }),
    ...(epsilon !== undefined && { epsilon }),
    ...(weightDecay !== undefined && { weightDecay }),
  }
}

/** `digits` and `./digits/` are the same. */
function plainPath(text: string): string {
  if (text === '') throw new UsageError('a path is empty: is a variable of the shell not set?')
  return path.isAbsolute(text) ? path.resolve(text) : path.relative('', text) || '.'
}
