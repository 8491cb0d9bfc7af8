import type { Command } from 'commander'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, collectAssignments, positiveNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'
import { addValueOptions } from '../options/values.ts'

export function addRun(program: Command): void {
  addValueOptions(addCommonOptions(program.command('run').description('run a model on files').addArgument(fileArgument())))
    .option('--output <name=path>', 'write an output to a .npy, .json or .png file; may be given again', collectAssignments, {})
    .addOption(backendOption())
    .option('--top <k>', 'print the k likeliest classes of each output, or its k largest values, with their indices', positiveNumber)
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./run.ts')).run(name, options))
}
