import path from 'node:path'
import { Command } from 'commander'
import { defaultRate, optimizerMistake, type OptimizerName } from '../runtime/training/optimizer-of.ts'
import type { Config } from './config.ts'
import { UsageError } from './exit.ts'
import type { LossName } from '../runtime/training/losses.ts'
import { addTrainOptions, type TrainOptions } from './train-options.ts'

/** The options of a training with their defaults. */
export interface TrainSettings {
  readonly data: string
  readonly labels: string | undefined
  /** A part of the samples, or the path of others. */
  readonly validation: number | string
  readonly augment: string | undefined
  readonly normalize: string | undefined
  readonly resize: boolean
  readonly epochs: number
  readonly batch: number
  readonly optimizer: OptimizerName
  readonly learningRate: number
  readonly momentum: number | undefined
  readonly weightDecay: number | undefined
  readonly loss: LossName | undefined
  readonly target: string | undefined
  readonly schedule: string
  readonly warmup: number
  readonly clip: number | undefined
  readonly patience: number | undefined
  readonly annealEpochs: number
  readonly seed: number
  readonly freeze: readonly string[]
  readonly set: Readonly<Record<string, string>>
}

/** @throws UsageError where no data is given, or the optimiser does not have what it is told */
export function trainSettings(options: TrainOptions, config: Config): TrainSettings {
  const { data, optimizer = 'adam', momentum, weightDecay } = options
  if (data === undefined) throw new UsageError('there is nothing to learn from: --data names a folder of pictures or a file')
  const mistake = optimizerMistake({ name: optimizer, ...(momentum !== undefined && { momentum }), ...(weightDecay !== undefined && { weightDecay }) })
  if (mistake !== undefined) throw new UsageError(mistake)
  return {
    data: plainPath(data),
    labels: options.labels === undefined ? undefined : plainPath(options.labels),
    validation: typeof options.validation === 'string' ? plainPath(options.validation) : (options.validation ?? 0.2),
    augment: options.augment,
    normalize: options.normalize,
    resize: options.resize ?? false,
    epochs: options.epochs ?? 10,
    batch: options.batch ?? 32,
    optimizer,
    learningRate: options.learningRate ?? defaultRate(optimizer),
    momentum,
    weightDecay,
    loss: options.loss,
    target: options.target,
    schedule: options.schedule ?? 'constant',
    warmup: options.warmup ?? 0,
    clip: options.clip,
    patience: options.patience,
    annealEpochs: options.annealEpochs ?? 10,
    seed: options.seed ?? config.seed ?? 0,
    freeze: options.freeze,
    set: { ...config.set, ...options.set },
  }
}

/** `digits` and `./digits/` are the same. */
const plainPath = (text: string): string => path.relative('', text) || '.'

/** What a resumed run must have again, by option, as it is written; what is not given is left out. The epochs may change. */
export function recordOf({ epochs: _epochs, freeze, set, resize, ...settings }: TrainSettings): Readonly<Record<string, string>> {
  const single = Object.entries(settings).map(([name, value]) => [name, value === undefined ? '' : String(value)] as const)
  const parameters = Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1))
  const texts = [...single, ['resize', resize ? given : ''], ['freeze', freeze.join(' ')], ['set', parameters.map(([name, text]) => `${name}=${text}`).join(', ')]] as const
  return Object.fromEntries(texts.filter(([, text]) => text !== '').map(([name, text]) => [optionOf(name), text]))
}

/** The value of an option that is a switch. */
const given = 'given'

const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** The options of the run that is resumed, where the command line does not say them again. */
export function withRecorded(options: TrainOptions, record: Readonly<Record<string, string>>): TrainOptions {
  const words = Object.entries(record).flatMap(([option, text]) => {
    if (!option.startsWith('--') || option === '--set') return []
    if (option === '--freeze') return text.split(' ').flatMap((glob) => [option, glob])
    return text === given ? [option] : [`${option}=${text}`]
  })
  const recorded = addTrainOptions(new Command()).exitOverride().parse(words, { from: 'user' }).opts<TrainOptions>()
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { ...recorded, ...said, freeze: options.freeze.length > 0 ? options.freeze : recorded.freeze }
}
