import { Option, type Command } from 'commander'
import { conventions } from '../../runtime/weights/import/convention.ts'
import { backendOption } from '../options/backend-option.ts'
import { addCommonOptions, addResultOptions } from '../options/common-options.ts'

export function addWeights(program: Command): void {
  const weights = program.command('weights').description('looks into files of weights, compares, imports, renames and describes').helpCommand(false)
  addResultOptions(weights.command('ls').description('the tensors of a file, and what it says of itself'))
    .argument('<file>', 'a .safetensors, .npz or .h5 file, or a model.json')
    .action(async (file, options) => (await import('./list-weights.ts')).listWeights(file, options))
  addCommonOptions(
    weights
      .command('diff')
      .description('which weights of one are which of the other, by place, name, order and shape')
      .argument('<from>', 'a .safetensors file, or the .fmw file of a model')
      .argument('<to>', 'another one'),
  )
    .option('--json', 'as JSON', false)
    .action(async (from, to, options) => (await import('./rename-weights.ts')).diffWeights(from, to, options))
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
    .action(async (file, old, changed, options) => (await import('./rename-weights.ts')).renameWeights(file, old, changed, options))
  addImport(weights)
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

const collect = (text: string, previous: readonly string[]): readonly string[] => [...previous, text]

function addImport(weights: Command): void {
  addCommonOptions(
    weights
      .command('import')
      .description('gives weights of PyTorch or Keras the names and layouts of a model')
      .argument('<weights>', 'a .safetensors, .npz or .h5 file, or the model.json of TensorFlow.js')
      .argument('<text>', 'the .fmw file of the model'),
  )
    .option('-o, --output <file>', 'the safetensors file to write (default: none, the pairs are only shown)')
    .addOption(new Option('--layout <whose>', 'whose layouts the file has (default: as its names say)').choices(conventions))
    .option('--map <file>', 'pairs that are known: lines of the form tensor -> weight')
    .option('--save-map <file>', 'write the pairs that are found, to be edited and given back')
    .option('--skip <pattern>', 'weights or tensors that are left out; may be given again', collect, [])
    .option('--input <[name=]file>', 'a .npy file to prove the weights with; once for each input', collect, [])
    .option('--expect <[name=]file>', 'the .npy file that the other program has made of it', collect, [])
    .addOption(backendOption())
    .option('--json', 'as JSON', false)
    .addHelpText('after', `
Example:
  $ fmw weights import resnet50.safetensors resnet50.fmw -o w.safetensors
  $ fmw weights import net.npz net.fmw -o w.safetensors \\
      --input image=x.npy --expect logits=y.npy`)
    .action(async (file, text, options) => (await import('./import-weights.ts')).importWeights(file, text, options))
}
