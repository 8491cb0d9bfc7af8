import type { Command } from 'commander'
import { addCommonOptions } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'

export function addWhy(program: Command): void {
  addCommonOptions(program.command('why').description("where each extent of a node's shape comes from").addArgument(fileArgument()))
    .argument('<node>', 'a path that summary prints, the beginning of one, or an output')
    .option('--json', 'as JSON', false)
    .action(async (name, node, options) => (await import('./why.ts')).why(name, node, options))
}
