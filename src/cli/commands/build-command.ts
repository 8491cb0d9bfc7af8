import { Option, type Command } from 'commander'
import { backends } from '../../codegen/about.ts'
import { targets } from '../../codegen/targets.ts'
import { addCommonOptions } from '../options/common-options.ts'
import { filesArgument } from '../options/files.ts'

const importExtensions = [...new Set(Object.values(targets).flatMap((target) => target.importExtensions))]

const targetTexts = Object.values(targets).map(({ says }) => says)

export function addBuild(program: Command): void {
  addCommonOptions(program.command('build').description('emit every model of the files').addArgument(filesArgument()))
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--target <target>', `${targetTexts.join(', or ')} (default: ts)`)
        .choices(Object.keys(targets))
        .default('ts'),
    )
    .option('--import <specifier>', 'what modules import as TensorFlow.js, as they see it from their folder (default: @tensorflow/tfjs-core)')
    .addOption(
      new Option('--import-extension <extension>', 'how modules name the files beside that they import (default: that of the target)')
        .choices(importExtensions),
    )
    .addOption(
      new Option('--kernels <backend>', 'for bundlers, beside each module: name.kernels.ts, which registers the kernels that it needs, and no others').choices(backends),
    )
    .option('--check', 'write nothing; fail when what is on disk is not what would be written', false)
    .option('--watch', 'build again whenever a file changes, also one that is imported', false)
    .option('--no-format', 'leave the layout of the module as it comes, which is faster')
    .option('--json', 'list what was written as JSON', false)
    .action(async (names, options) => (await import('./build.ts')).build(names, options))
}
