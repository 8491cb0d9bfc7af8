import { Option, type Command } from 'commander'
import { addCommonOptions } from '../options/common-options.ts'
import { filesArgument } from '../options/files.ts'

export function addBuild(program: Command): void {
  addCommonOptions(program.command('build').description('emit every model of the files').addArgument(filesArgument()))
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--target <target>', 'a TypeScript module, or the graph as JSON (default: ts)')
        .choices(['ts', 'ir'])
        .default('ts'),
    )
    .option('--check', 'write nothing; fail when what is on disk is not what would be written', false)
    .option('--json', 'list what was written as JSON', false)
    .action(async (names, options) => (await import('./build.ts')).build(names, options))
}
