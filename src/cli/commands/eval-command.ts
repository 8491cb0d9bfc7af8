import { Option, type Command } from 'commander'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, collectWeights, positiveNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'

/** The names of losses come with the options of a training, for which no other command waits. */
export async function addEval(program: Command, argv: readonly string[]): Promise<void> {
  const command = program.command('eval').description('measure what trained weights reach on data').addArgument(fileArgument())
  if (argv.includes('eval')) {
    const [{ lossNames }, { collectTargets, numberText }] = await Promise.all([import('../../runtime/training/losses.ts'), import('../train/options.ts')])
    addCommonOptions(command)
      .addOption(
        new Option('--weights <[scope=]file>', 'a safetensors file, for the whole model or for one scope of it; may be given again')
          .argParser(collectWeights)
          .default([]),
      )
      .option('--data <path>', 'pictures in a folder for each class, or in one with --labels; an .npz or .npy file; a .csv or .tsv table of numbers or of files of pictures')
      .option('--labels <file>', 'of a folder of pictures: a folder of masks or a .csv or .tsv table; of an .npy file: the labels or values, as .npy')
      .addOption(new Option('--loss <name>', 'what is measured (default: what the end of the model and the data ask for)').choices(lossNames))
      .option(
        '--target <output>',
        'the output that is measured, where the model has several; OUTPUT=LOSS*WEIGHT:ARRAY as in train; may be given again',
        collectTargets,
        [],
      )
      .option('--ignore <n>', 'a label or value that says nothing, such as 255 in masks', numberText)
      .option('--normalize <mean/deviation>', 'subtract, then divide: 0.5/0.5, or channel by channel (default: as the weights say)')
      .option('--resize', 'bring pictures and maps to the size of the input (default: pictures, as the weights say)')
      .option('--no-resize', 'refuse pictures of other sizes')
      .option('--no-metadata', 'pay no attention to what the weights say of classes and inputs')
      .option('--batch <n>', 'samples that are computed at once (default: 32)', positiveNumber)
      .addOption(new Option('--by <what>', 'a row for each class: its samples, and how many of them are found').choices(['class']))
      .addOption(backendOption())
      .option('--json', 'as JSON', false)
      .addHelpText(
        'after',
        `
Examples:
  $ fmw eval lenet5.fmw --weights lenet5.safetensors --data held-out/
  $ fmw eval lenet5.fmw --weights lenet5.safetensors --data held-out.npz --by class`,
      )
  }
  command.action(async (name, options) => (await import('./eval.ts')).evaluate(name, options))
}
