import { Option, type Command } from 'commander'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, collectAssignments, positiveNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'
import { addValueOptions } from '../options/values.ts'

export function addRun(program: Command): void {
  addValueOptions(addCommonOptions(program.command('run').description('run a model on files').addArgument(fileArgument())))
    .option(
      '--output <name=path>',
      'write an output, or any node that show lists, to a .npy, .json or .png file; may be given again',
      collectAssignments,
      {},
    )
    .addOption(backendOption())
    .option('--top <k>', 'print the k likeliest classes of each output, or its k largest values, with their indices', positiveNumber)
    .addOption(
      new Option('--mode <mode>', 'training leaves dropout on; normalisations and all else stay as in inference (default)')
        .choices(['inference', 'training'])
        .default('inference'),
    )
    .option('--samples <n>', 'with --mode training: the mean of n passes, and how far they deviate (default: 1)', positiveNumber)
    .option(
      '--deviation <name=path>',
      'write how far the passes deviate, as --output does their mean; may be given again',
      collectAssignments,
      {},
    )
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./run.ts')).run(name, options))
}
