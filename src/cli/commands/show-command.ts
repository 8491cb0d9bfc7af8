import { Option, type Command } from 'commander'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, positiveNumber, wholeNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'
import { addValueOptions } from '../options/values.ts'

export function addShow(program: Command): void {
  const command = program.command('show').description('draw what a node computes, or print it as numbers; without a node, list the nodes')
  addValueOptions(addCommonOptions(command.addArgument(fileArgument())))
    .argument('[node]', 'a path that summary prints, or the beginning of one')
    .option('-o, --output <file>', 'the .png file to write')
    .option('--html <file>', 'a page of its own with every node of the scope, or of the model')
    .option(
      '--cam <class>',
      'what speaks for a class, over the input: the number or name of a class, or top, the most likely; where no averages of maps are weighed, Grad-CAM of the last maps',
    )
    .option('--maps <node>', 'with --cam: Grad-CAM of these maps')
    .option('--sample <n>', 'the sample of a batch, counted from 0 (default: 0)', wholeNumber, 0)
    .option('--page <n>', 'where maps are too many for one picture or table, which part of them (default: 1)', positiveNumber)
    .addOption(
      new Option('--scale <range>', 'whether a colour means one value in all maps (default), or each map uses all colours').choices([
        'all',
        'each',
      ]),
    )
    .addOption(
      new Option('--colors <scale>', 'the colours (default: viridis, for weights diverging)').choices([
        'viridis',
        'inferno',
        'grey',
        'diverging',
      ]),
    )
    .addOption(backendOption())
    .addOption(new Option('--by <rows>', 'a row of the table for each channel (default) or for each place').choices(['channel', 'place']))
    .option('--csv', 'the table as CSV, with all digits', false)
    .option('--json', 'statistics and values as JSON; without a node, the list of nodes', false)
    .action(async (name, node, options) => (await import('./show.ts')).show(name, node, options))
}
