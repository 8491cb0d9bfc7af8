import { Command, type Option } from 'commander'
import { addBuild } from './commands/build-command.ts'
import { addCheck, withFixValue } from './commands/check-command.ts'
import { addCompletion } from './commands/completion-command.ts'
import { addDoctor } from './commands/doctor-command.ts'
import { addEval } from './commands/eval-command.ts'
import { addExplain } from './commands/explain-command.ts'
import { addFmt } from './commands/fmt-command.ts'
import { addInit } from './commands/init-command.ts'
import { addLsp } from './commands/lsp-command.ts'
import { addNew } from './commands/new-command.ts'
import { addRun } from './commands/run-command.ts'
import { addShow } from './commands/show-command.ts'
import { addSummary } from './commands/summary-command.ts'
import { addTrain } from './commands/train-command.ts'
import { addWeights } from './commands/weights-command.ts'
import { addWhy } from './commands/why-command.ts'
import { codeOf } from './exit/code-of.ts'
import { exitCodes } from './exit/exit.ts'
import { complain } from './terminal/terminal.ts'
import { refuseRepeats } from './options/refuse-repeats.ts'
import { version } from './version.ts'

async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('fmw')
    .description('Checks, counts, runs and compiles networks of feature maps written in .fmw files.')
    .version(version)
    .helpCommand(true)
    .showHelpAfterError('(fmw help <command> shows the options)')
    .exitOverride()
    .configureHelp({ optionDescription: describe, minWidthToWrap: 20 })
    .configureOutput({ writeErr: (text) => complain(text.trimEnd()) })
    .addHelpText('after', `
Examples:
  $ fmw check models/*.fmw                       every mistake, and what to do
  $ fmw fmt models/                              one layout for all
  $ fmw summary resnet50.fmw --depth 2           shapes and parameters
  $ fmw run lenet5.fmw --input image=seven.png   classify a picture
  $ fmw train lenet5.fmw --data digits/          learn its weights
  $ fmw eval lenet5.fmw --weights w.safetensors --data test/    how good it is
  $ fmw show lenet5.fmw c1/kernel      -o k.png  what a convolution has learned
  $ fmw build lenet5.fmw --out src/models        a typed TensorFlow.js module
  $ fmw new digits                               a page that reads drawn digits
  $ fmw explain shape/channel-mismatch           what a diagnostic means

Exit codes: 0 fine, 1 the model has errors, 2 wrong usage or an unreadable file,
3 a bug in fmw.`)

  addCheck(program)
  addFmt(program)
  addSummary(program)
  addWhy(program)
  addInit(program)
  addRun(program)
  addShow(program)
  await addTrain(program, argv)
  await addEval(program, argv)
  addWeights(program)
  addBuild(program)
  addNew(program)
  addExplain(program)
  addLsp(program)
  addDoctor(program)
  addCompletion(program)
  refuseRepeats(program)
  return program
}

/** Where a default is worth knowing, the text of the option says it. */
const describe = ({ description, argChoices }: Option): string =>
  argChoices ? `${description}: ${argChoices.join(', ')}` : description

/**
 * Runs the command line and gives the exit code; what goes wrong is said in words, never as a stack trace of the user's mistake.
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await (await createProgram(argv)).parseAsync(withFixValue(argv), { from: 'user' })
    return exitCodes.fine
  } catch (error) {
    return codeOf(error)
  }
}
