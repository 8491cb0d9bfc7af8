import { Option } from 'commander'
import { collectAssignments, collectWeights } from './common-options.ts'

/** For the commands that compute with values of the user. */
export const inputOption = (): Option =>
  new Option('--input <name=path>', '.npy, .png, .jpg or .json file, or random, or ones; once for each input')
    .argParser(collectAssignments)
    .default({})

export const normalizeOption = (): Option =>
  new Option(
    '--normalize <mean/deviation>',
    'subtract, then divide, as in the training: 0.5/0.5, or channel by channel',
  )

export const weightsOption = (): Option =>
  new Option(
    '--weights <[scope=]file>',
    'a safetensors file, for the whole model or for one scope of it; may be given again (default: fresh weights)',
  )
    .argParser(collectWeights)
    .default([])
