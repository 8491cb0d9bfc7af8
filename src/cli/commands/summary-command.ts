import type { Command } from 'commander'
import { addCommonOptions, collectAssignments, positiveNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'

export function addSummary(program: Command): void {
  addCommonOptions(program.command('summary').description('shapes, parameters and multiply-adds of a model').addArgument(fileArgument()))
    .option('--depth <n>', 'one row for each scope of this depth', positiveNumber)
    .option('--extent <name=size>', 'a size for a symbolic extent; may be given again', collectAssignments, {})
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./summary.ts')).summary(name, options))
}
