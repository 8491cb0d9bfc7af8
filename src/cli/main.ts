import { Argument, Command, CommanderError, Option } from 'commander'
import { backendOption } from './backend-option.ts'
import { addCommonOptions, collectAssignments, collectWeights, positiveNumber, wholeNumber } from './common-options.ts'
import { Exit, exitCodes, UsageError } from './exit.ts'
import { isRefusedAllocation } from './refused-allocation.ts'
import { version } from './version.ts'

async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('fmw')
    .description('Checks, counts, runs and compiles networks of feature maps written in .fmw files.')
    .version(version)
    .helpCommand(true)
    .showHelpAfterError('(fmw help <command> shows the options)')
    .exitOverride()
    .configureHelp({ optionDescription: describe })
    .addHelpText('after', `
Examples:
  $ fmw check models/*.fmw                       every mistake, with its place and what to do
  $ fmw summary resnet50.fmw --depth 2           shapes, parameters and multiply-adds
  $ fmw run lenet5.fmw --input image=seven.png   classify a picture
  $ fmw train lenet5.fmw --data digits/          learn its weights
  $ fmw show lenet5.fmw c1/conv/kernel -o k.png  what a convolution has learned
  $ fmw build lenet5.fmw --out src/models        a typed TensorFlow.js module
  $ fmw explain shape/channel-mismatch           what a diagnostic means

Exit codes: 0 fine, 1 the model has errors, 2 wrong usage or an unreadable file, 3 a bug in fmw.`)

  const files = new Argument('<files...>', '.fmw files, folders or globs; - is standard input')
  const file = new Argument('<file>', 'a .fmw file; - is standard input')

  addCommonOptions(
    program.command('check').alias('lint').description('report everything that is wrong with the files').addArgument(files),
  )
    .addOption(
      new Option('--format <format>', 'how diagnostics are printed (default: pretty)')
        .choices(['pretty', 'json', 'sarif', 'github', 'line'])
        .default('pretty'),
    )
    .option('--max-warnings <n>', 'fail with more warnings than this', wholeNumber)
    .option('--fix', 'apply the fixes, and report what is left', false)
    .addHelpText(
      'after',
      `
With --fix the first fix of every mistake is applied, where no error is left by it; files that they import are changed too.
Of standard input the fixed text is printed, and the report goes to stderr.

Formats:
  pretty  for people: the lines, the numbers and where they were decided, what to do
  json    for scripts, as fmw.report.schema.json says
  sarif   SARIF 2.1.0, for code scanning and viewers
  github  annotations of a GitHub Actions workflow
  line    one line each, for editors: file:line:column: severity[code]: message`,
    )
    .action(async (names, options) => (await import('./commands/check.ts')).check(names, options))

  addCommonOptions(program.command('summary').description('shapes, parameters and multiply-adds of a model').addArgument(file))
    .option('--depth <n>', 'one row for each scope of this depth', positiveNumber)
    .option('--extent <name=size>', 'a size for a symbolic extent; may be given again', collectAssignments, {})
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./commands/summary.ts')).summary(name, options))

  addCommonOptions(program.command('why').description("where each extent of a node's shape comes from").addArgument(file))
    .argument('<node>', 'a path that summary prints, the beginning of one, or an output')
    .option('--json', 'as JSON', false)
    .action(async (name, node, options) => (await import('./commands/why.ts')).why(name, node, options))

  addCommonOptions(program.command('init').description('write freshly initialised weights').addArgument(file))
    .requiredOption('-o, --output <file>', 'the safetensors file to write')
    .option('--seed <n>', 'the same seed gives the same bytes (default: 0)', wholeNumber)
    .action(async (name, options) => (await import('./commands/init.ts')).init(name, options))

  addCommonOptions(program.command('run').description('run a model on files').addArgument(file))
    .option(
      '--input <name=path>',
      '.npy, .png, .jpg or .json file, or random, or ones; once for each input',
      collectAssignments,
      {},
    )
    .option('--normalize <mean/deviation>', 'subtract, then divide, as in the training: 0.5/0.5, or channel by channel')
    .option('--output <name=path>', 'write an output to a .npy, .json or .png file; may be given again', collectAssignments, {})
    .option(
      '--weights <[scope=]file>',
      'a safetensors file, for the whole model or for one scope of it; may be given again (default: fresh weights)',
      collectWeights,
      [],
    )
    .addOption(backendOption())
    .option('--top <k>', 'print the k largest values of each output with their indices', positiveNumber)
    .option('--seed <n>', 'the seed of fresh weights and random inputs (default: 0)', wholeNumber)
    .option('--json', 'as JSON', false)
    .action(async (name, options) => (await import('./commands/run.ts')).run(name, options))

  addCommonOptions(
    program.command('show').description('draw what a node computes; without a node, list the nodes').addArgument(file),
  )
    .argument('[node]', 'a path that summary prints, or the beginning of one')
    .option('-o, --output <file>', 'the .png file to write')
    .option('--html <file>', 'a page of its own with every node of the scope, or of the model')
    .option('--cam <class>', 'a class activation map over the input: the number of a class, or top, the most likely')
    .option(
      '--input <name=path>',
      '.npy, .png, .jpg or .json file, or random, or ones; once for each input',
      collectAssignments,
      {},
    )
    .option('--normalize <mean/deviation>', 'subtract, then divide, as in the training: 0.5/0.5, or channel by channel')
    .option(
      '--weights <[scope=]file>',
      'a safetensors file, for the whole model or for one scope of it; may be given again (default: fresh weights)',
      collectWeights,
      [],
    )
    .option('--sample <n>', 'the sample of a batch, counted from 0 (default: 0)', wholeNumber, 0)
    .option('--page <n>', 'where maps are too many for one picture, which part of them (default: 1)', positiveNumber, 1)
    .addOption(
      new Option('--scale <range>', 'whether a colour means one value in all maps (default), or each map uses all colours')
        .choices(['all', 'each'])
        .default('all'),
    )
    .addOption(
      new Option('--colors <scale>', 'the colours (default: viridis, for weights diverging)').choices([
        'viridis',
        'inferno',
        'grey',
        'diverging',
      ]),
    )
    .addOption(backendOption())
    .option('--seed <n>', 'the seed of fresh weights and random inputs (default: 0)', wholeNumber)
    .option('--json', 'the list of nodes as JSON', false)
    .action(async (name, node, options) => (await import('./commands/show.ts')).show(name, node, options))

  const train = program.command('train').description('learn the weights of a model from data').addArgument(file)
  // they bring the names of all losses, optimisers and schedules with them, for which no other command waits
  if (argv.includes('train')) (await import('./train/options.ts')).addTrainOptions(train)
  train.action(async (name, options) => (await import('./commands/train.ts')).train(name, options))

  addCommonOptions(program.command('build').description('emit every model of the files').addArgument(files))
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--target <target>', 'a TypeScript module, or the graph as JSON (default: ts)')
        .choices(['ts', 'ir'])
        .default('ts'),
    )
    .option('--check', 'write nothing; fail when what is on disk is not what would be written', false)
    .option('--json', 'list what was written as JSON', false)
    .action(async (names, options) => (await import('./commands/build.ts')).build(names, options))

  program
    .command('explain')
    .description('the page of a diagnostic; without a code, the list of all')
    .argument('[code]', 'such as shape/channel-mismatch')
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .option('--json', 'as JSON', false)
    .action(async (code, options) => (await import('./commands/explain.ts')).explain(code, options))

  program
    .command('doctor')
    .description('which backends work here, and what to do about the others')
    .option('--install-native', "install TensorFlow's native library for the fastest backend", false)
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .option('--json', 'as JSON', false)
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(options))

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
    await (await createProgram(argv)).parseAsync(argv, { from: 'user' })
    return exitCodes.fine
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): number {
  if (error instanceof Exit) return error.code
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
  if (error instanceof UsageError) {
    process.stderr.write(`fmw: ${error.message}\n`)
    return exitCodes.usage
  }
  const problems = problemsOf(error)
  if (problems) {
    for (const { code, message, file, notes } of problems) {
      process.stderr.write(`error[${code}]: ${file === undefined ? '' : `${file}: `}${message}\n`)
      for (const note of notes ?? []) process.stderr.write(`  = ${note}\n`)
    }
    process.stderr.write(`  = fmw explain ${problems[0]?.code}\n`)
    return problems.every(({ code }) => usageProblems.has(code)) ? exitCodes.usage : exitCodes.modelErrors
  }
  if (isRefusedAllocation(error)) {
    process.stderr.write(`fmw: this takes more memory than there is here (${error.message})\n`)
    return exitCodes.modelErrors
  }
  process.stderr.write(
    `fmw ${version} has a bug; please report it with the file and command that caused it:\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return exitCodes.bug
}

/** Nothing is wrong with the model: a file named on the command line does not open, or an option says what cannot be. */
const usageProblems: ReadonlySet<string> = new Set([
  'input/unreadable',
  'output/unwritable',
  'data/folder',
  'data/augment',
  'data/normalize',
  'checkpoint/settings',
])

interface ProblemLike {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly notes?: readonly string[]
}

/** The problems of a Failure, recognised by shape: its class belongs to the run-time part, which `check` never loads. */
const problemsOf = (error: unknown): readonly ProblemLike[] | undefined =>
  error instanceof Error && error.name === 'Failure' && 'problems' in error
    ? (error.problems as readonly ProblemLike[])
    : undefined
