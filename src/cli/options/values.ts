import { Option, type Command } from 'commander'
import type { WeightSource } from '../../runtime/weights/weights.ts'
import { collectAssignments, collectWeights, wholeNumber } from './common-options.ts'

/** What a model computes with: values for its inputs, and its weights. */
export interface ValueOptions {
  readonly input: Readonly<Record<string, string>>
  readonly normalize?: string
  readonly resize?: boolean
  readonly weights: readonly WeightSource[]
  /** Whether it matters what the files of weights say of themselves. */
  readonly metadata: boolean
  readonly seed?: number
}

/** For the commands that compute with values of the user. */
export const addValueOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--input <name=path>', '.npy, .png, .jpg or .json file, or random, or ones; once for each input')
        .argParser(collectAssignments)
        .default({}),
    )
    .option(
      '--normalize <mean/deviation>',
      'subtract, then divide: 0.5/0.5, or channel by channel (default: as the weights say)',
    )
    .option('--resize', 'bring pictures and arrays of maps to the size of the input, antialiased (default: pictures as the weights say)')
    .option('--no-resize', 'leave pictures at their size')
    .addOption(
      new Option(
        '--weights <[scope=]file>',
        'a safetensors file, for the whole model or for one scope of it; may be given again (default: fresh weights)',
      )
        .argParser(collectWeights)
        .default([]),
    )
    .option('--no-metadata', 'pay no attention to what the weights say of classes and inputs')
    .option('--seed <n>', 'the seed of fresh weights, random inputs and dropout (default: 0)', wholeNumber)
