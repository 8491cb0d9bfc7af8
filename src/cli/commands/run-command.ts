import type { Command } from 'commander'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, collectAssignments, positiveNumber, wholeNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'
import { inputOption, normalizeOption, weightsOption } from '../options/values.ts'

export function addRun(program: Command): void {
  addCommonOptions(program.command('run').description('run a model on files').addArgument(fileArgument()))
    .addOption(inputOption())
    .addOption(normalizeOption())
    .option('--output <name=path>', 'write an output to a .npy, .json or .png file; may be given again', collectAssignments, {})
    .addOption(weightsOption())
    .addOption(backendOption())
    .option('--top <k>', 'print the k largest values of each output with their indices', positiveNumber)
    .option('--seed <n>', 'the seed of fresh weights and random inputs (default: 0)', wholeNumber)
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./run.ts')).run(name, options))
}
