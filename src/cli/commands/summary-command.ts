import type { Command } from 'commander'
import { addCommonOptions, collectAssignments, collectSettings, positiveNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'

export function addSummary(program: Command): void {
  addCommonOptions(
    program
      .command('summary')
      .description('what each op of a model takes and gives, its parameters and multiply-adds')
      .addArgument(fileArgument()),
  )
    .option('--depth <n>', 'one row for each scope of this depth', positiveNumber)
    .option('--extent <name=size>', 'a size for a symbolic extent; may be given again', collectAssignments, {})
    .option('--diff <file>', 'what another model has more, less and otherwise; the exit code is 0 all the same')
    .option('--diff-model <name>', 'the model of that file (default: as --model says)')
    .option('--diff-set <name=value>', 'a parameter of that model, besides those of --set; may be given again', collectSettings, {})
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./summary.ts')).summary(name, options))
}
