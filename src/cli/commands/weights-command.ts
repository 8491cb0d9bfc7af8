import { Option, type Command } from 'commander'
import { addCommonOptions, addResultOptions } from '../options/common-options.ts'

export function addWeights(program: Command): void {
  const weights = program.command('weights').description('looks into files of weights, compares, renames and describes').helpCommand(false)
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
  addCommonOptions(
    weights
      .command('describe')
      .description('writes weights with what their classes are called and how their inputs are prepared')
      .argument('<weights>', 'the .safetensors file')
      .argument('<text>', 'the .fmw file of their model'),
  )
    .requiredOption('-o, --output <file>', 'the safetensors file to write; what is not said here stays as it is')
    .option('--classes <names>', 'separated by commas, in the order of the labels; or a .txt file with one on each line')
    .addOption(
      new Option('--probabilities <how>', 'what makes probabilities of the output').choices(['softmax', 'sigmoid', 'identity']),
    )
    .option('--target <output>', 'the output that is meant, where the model has several')
    .option('--normalize <mean/deviation>', 'what was subtracted from the values of its inputs, and what they were divided by')
    .option('--resize', 'pictures are brought to the size of the input')
    .option('--no-resize', 'pictures of another size are refused')
    .addHelpText('after', `
Example:
  $ fmw weights describe net.safetensors net.fmw -o net.safetensors \\
      --classes cat,dog --probabilities softmax --normalize 0.5/0.25 --resize`)
    .action(async (file, text, options) => (await import('./describe-weights.ts')).describeWeights(file, text, options))
}
