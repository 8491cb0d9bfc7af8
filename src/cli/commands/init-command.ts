import type { Command } from 'commander'
import { addCommonOptions, wholeNumber } from '../options/common-options.ts'
import { fileArgument } from '../options/files.ts'

export function addInit(program: Command): void {
  addCommonOptions(program.command('init').description('write freshly initialised weights').addArgument(fileArgument()))
    .requiredOption('-o, --output <file>', 'the safetensors file to write')
    .option('--seed <n>', 'the same seed gives the same bytes (default: 0)', wholeNumber)
    .action(async (name, options) => (await import('./init.ts')).init(name, options))
}
