import type { Command } from 'commander'
import { addCommonOptions, addResultOptions } from '../options/common-options.ts'

export function addWeights(program: Command): void {
  const weights = program.command('weights').description('looks into files of weights, compares and renames').helpCommand(false)
  addResultOptions(weights.command('ls').description('the tensors of a file, and what it says of itself'))
    .argument('<file>', 'a .safetensors file')
    .action(async (file, options) => (await import('./weights.ts')).listWeights(file, options))
  addCommonOptions(
    weights
      .command('diff')
      .description('which weights of one are which of the other, by name, then by order and shape')
      .argument('<from>', 'a .safetensors file, or the .fmw file of a model')
      .argument('<to>', 'another one'),
  )
    .option('--json', 'as JSON', false)
    .action(async (from, to, options) => (await import('./weights.ts')).diffWeights(from, to, options))
  addCommonOptions(
    weights
      .command('rename')
      .description('gives trained weights the names of another version of their text')
      .argument('<weights>', 'the .safetensors file')
      .argument('<old>', 'the .fmw file that they were trained for')
      .argument('<new>', 'the .fmw file that they are to fit'),
  )
    .requiredOption('-o, --output <file>', 'the safetensors file to write')
    .option('--json', 'as JSON', false)
    .addHelpText('after', `
Example:
  $ git show HEAD~1:net.fmw > old.fmw
  $ fmw weights rename best.safetensors old.fmw net.fmw -o renamed.safetensors`)
    .action(async (file, old, changed, options) => (await import('./weights.ts')).renameWeights(file, old, changed, options))
}
