import { InvalidArgumentError, Option, type Command } from 'commander'
import type { BackendName } from '../../runtime/backend/backend.ts'
import { lossNames, type LossName } from '../../runtime/training/losses.ts'
import { optimizerNames, type OptimizerName } from '../../runtime/training/optimizer-of.ts'
import { decayForms, parseDecay } from '../../runtime/training/parse-decay.ts'
import type { WeightSource } from '../../runtime/weights/weights.ts'
import { numberAboveZero } from '../options/above-zero.ts'
import { backendOption } from '../options/backend-option.ts'
import { parseTarget, type TargetChoice } from './target-choice.ts'
import { parseUnfreezing, parseWeightRate, type Unfreezing, type WeightRate } from './weight-rules.ts'
import { addCommonOptions, collectWeights, positiveNumber, wholeNumber, type CommonOptions } from '../options/common-options.ts'

/** As the command line gives them: only what was written there. */
export interface TrainOptions extends CommonOptions {
  readonly data?: string
  readonly labels?: string
  /** A part of the samples, or the path of others. */
  readonly validation?: number | string
  readonly validationLabels?: string
  readonly augment?: string
  readonly normalize?: string
  readonly resize?: boolean
  readonly epochs?: number
  readonly batch?: number
  readonly optimizer?: OptimizerName
  readonly learningRate?: number
  readonly momentum?: number
  readonly nesterov?: boolean
  readonly beta1?: number
  readonly beta2?: number
  readonly rho?: number
  readonly epsilon?: number
  readonly weightDecay?: number
  readonly loss?: LossName
  readonly target: readonly TargetChoice[]
  readonly ignore?: number
  readonly classWeights?: string
  readonly schedule?: string
  readonly warmup?: number
  readonly clip?: number
  readonly patience?: number
  readonly annealEpochs?: number
  readonly seed?: number
  readonly weights: readonly WeightSource[]
  readonly skip: readonly string[]
  readonly freeze: readonly string[]
  readonly unfreeze: readonly Unfreezing[]
  readonly rate: readonly WeightRate[]
  readonly output?: string
  readonly checkpoint?: string
  readonly resume: boolean
  readonly fresh: boolean
  readonly curve?: string
  readonly backend?: 'auto' | BackendName
  readonly json: boolean
}

export function addTrainOptions(command: Command): Command {
  for (const add of [addDataOptions, addLearningOptions, addWeightOptions, addRunOptions]) add(command)
  return addCommonOptions(command.optionsGroup('Model:')).addHelpText(
    'after',
    `
Examples:
  $ fmw train lenet5.fmw --data digits/ -o lenet5.safetensors
  $ fmw train lenet5.fmw --data digits/ --epochs 30 --patience 5 \\
      --schedule cosine --augment shift=2
  $ fmw train lenet5.fmw --resume --epochs 50              go on where it ended
  $ fmw train heads.fmw --data pictures.npz --target logits \\
      --target aux=binary_crossentropy*0.5
  $ fmw train two.fmw --data pairs.npz --weights left=a.safetensors \\
      --unfreeze 'left/**@5' --rate 'left/**=0.1'

Ctrl-C saves after the current step and ends with exit code 130 (SIGTERM: 143);
--resume continues. A second Ctrl-C ends at once.`,
  )
}

const addDataOptions = (command: Command): Command =>
  command
    .optionsGroup('Data:')
    .option(
      '--data <path>',
      'pictures in a folder for each class, or in one with --labels; an .npz or .npy file; a .csv or .tsv table of numbers or of files of pictures; needed but with --resume',
    )
    .option('--labels <file>', 'of a folder of pictures: a folder of masks or a .csv or .tsv table; of an .npy file: the labels or values, as .npy')
    .option(
      '--validation <part>',
      'what is not trained on but measured: a part such as 0.1, the path of other data, or 0 for none (default: 0.2)',
      partOrPath,
    )
    .option('--validation-labels <file>', 'the same for the samples of --validation')
    .option('--augment <list>', 'vary the training pictures at random: flip, shift=PIXELS, crop=PIXELS, separated by commas')
    .option(
      '--normalize <mean/deviation>',
      'subtract, then divide, as in 0.5/0.5; for each channel as in 0.49,0.48,0.45/0.25,0.24,0.26',
    )
    .option('--resize', 'bring pictures and maps of other sizes to the size of the input (else they are an error)')

const addLearningOptions = (command: Command): Command =>
  command
    .optionsGroup('Learning:')
    .option('--epochs <n>', 'how often every sample is seen (default: 10)', positiveNumber)
    .option('--batch <n>', 'samples in a step (default: 32)', positiveNumber)
    .addOption(new Option('--optimizer <name>', 'the rule of a step (default: adam)').choices(optimizerNames))
    .option('--learning-rate <x>', "the size of a step (default: the optimiser's: 0.001; 0.01 for sgd and momentum)", aboveZero)
    .option('--momentum <x>', 'the part of the last step that is kept, of the optimiser momentum (default: 0.9)', notNegative)
    .option('--nesterov', "Nesterov's form of momentum")
    .option('--beta1 <x>', 'the part of the mean gradient that is kept, of adam and adamw (default: 0.9)', notNegative)
    .option('--beta2 <x>', 'the part of the mean squared gradient that is kept, of adam and adamw (default: 0.999)', notNegative)
    .option('--rho <x>', 'the part of the mean squared gradient that is kept, of rmsprop (default: 0.9)', notNegative)
    .option('--epsilon <x>', 'bounds the step where gradients vanish, of adam, adamw and rmsprop (default: 1e-7)', aboveZero)
    .option('--weight-decay <x>', 'draws weights to 0: of sgd and momentum (default: 0), of adamw (default: 0.01)', notNegative)
    .addOption(new Option('--loss <name>', 'what is made smaller (default: what the end of the model and the data ask for)').choices(lossNames))
    .option(
      '--target <output>',
      'the output that is trained, where the model has several; OUTPUT=LOSS*WEIGHT:ARRAY names its loss, the weight of that and what it should be; may be given again',
      collectTargets,
      [],
    )
    .option('--class-weights <how>', "how much each class counts: balanced, or a JSON file with each class's number")
    .option('--ignore <n>', 'a label or value that says nothing, such as 255 in masks', numberText)
    .option('--schedule <form>', `how the learning rate changes: ${decayForms.join(', ')} (default: constant)`, decay)
    .option('--warmup <steps>', 'steps in which the learning rate first rises (default: 0)', wholeNumber)
    .option('--clip <norm>', 'shorten gradients that are longer, all together', aboveZero)
    .option('--patience <epochs>', 'stop after so many epochs without a lower validation loss', positiveNumber)
    .option(
      '--anneal-epochs <n>',
      'epochs in which a state such as the temperature of conv.dynamic reaches its last value (default: 10)',
      positiveNumber,
    )
    .option('--seed <n>', 'of fresh weights, the order of samples, dropout and augmentation (default: 0)', wholeNumber)

const addWeightOptions = (command: Command): Command =>
  command
    .optionsGroup('Weights:')
    .option(
      '--weights <[scope=]file>',
      'start from a safetensors file, for the whole model or one scope; file:scope takes one scope of it; may be given again (the rest is fresh)',
      collectWeights,
      [],
    )
    .option('--skip <glob>', "weights that are fresh whatever the files have, such as 'head/**'; may be given again", collecting(String), [])
    .option('--freeze <glob>', "weights that stay as they are, such as 'left/**'; may be given again", collecting(String), [])
    .option('--unfreeze <glob@epoch>', "weights that are frozen before an epoch, such as 'left/**@5'; may be given again", collecting(parseUnfreezing), [])
    .option('--rate <glob=factor>', "the factor of the learning rate for weights, such as 'left/**=0.1'; may be given again", collecting(parseWeightRate), [])
    .option('-o, --output <file>', 'write the best weights here too, as safetensors, at the end')

const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .option('--checkpoint <folder>', 'where the state is kept after each epoch (default: the name of the model and .training)')
    .option('--resume', 'continue from there, to the same numbers as without the interruption; only --epochs may change', false)
    .option('--fresh', 'begin anew where the checkpoint folder holds a training, which is forgotten', false)
    .option('--curve <file>', 'the picture of the learning curve (default: curve.png in the checkpoint folder)')
    .addOption(backendOption())
    .option('--json', 'every report as a line of JSON', false)

/** For an option that may be given again. */
const collecting =
  <T>(parse: (text: string) => T) =>
  (text: string, previous: readonly T[]): readonly T[] => [...previous, parse(text)]

export const collectTargets = collecting(parseTarget)

/** For options that are numbers of the data, NaN among them. */
export function numberText(text: string): number {
  const number = text.trim() === '' ? undefined : Number(text)
  if (number === undefined || (Number.isNaN(number) && !/^nan$/i.test(text))) throw new InvalidArgumentError('It is a number, or nan.')
  return number
}

function partOrPath(text: string): number | string {
  if (/^\d+(?:\.\d+)?\s*%$/.test(text)) throw new InvalidArgumentError(`A part is written ${Number(text.replace('%', '')) / 100}.`)
  if (!/^-?[\d.]+(e-?\d+)?$/i.test(text)) return text
  const part = Number(text)
  if (!(part >= 0 && part < 1)) throw new InvalidArgumentError('A part of the samples is at least 0 and below 1.')
  return part
}

function notNegative(text: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (!(number >= 0 && number < Infinity)) throw new InvalidArgumentError('It is a number, at least 0.')
  return number
}

function aboveZero(text: string): number {
  const number = numberAboveZero(text)
  if (number === undefined) throw new InvalidArgumentError('It is a number above 0.')
  return number
}

function decay(text: string): string {
  const parsed = parseDecay(text)
  if ('error' in parsed) throw new InvalidArgumentError(`${parsed.error[0]!.toUpperCase()}${parsed.error.slice(1)}.`)
  return text
}
