import { Option, type Command } from 'commander'
import { addCommonOptions, wholeNumber } from '../options/common-options.ts'
import { filesArgument } from '../options/files.ts'

/** A file behind `--fix` is none of its values: `--fix net.fmw` is `--fix=safe net.fmw`. */
export function withFixValue(argv: readonly string[]): readonly string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((arg, i) => {
    if (arg === '--fix' && i < end) return [`--fix=${argv[i + 1] === 'all' ? 'all' : 'safe'}`]
    return arg === 'all' && argv[i - 1] === '--fix' && i <= end ? [] : [arg]
  })
}

export function addCheck(program: Command): void {
  addCommonOptions(
    program.command('check').alias('lint').description('report everything that is wrong with the files').addArgument(filesArgument()),
  )
    .addOption(
      new Option('--format <format>', 'how diagnostics are printed (default: pretty)')
        .choices(['pretty', 'json', 'sarif', 'github', 'line'])
        .default('pretty'),
    )
    .option('--max-warnings <n>', 'fail with more warnings than this', wholeNumber)
    .addOption(
      new Option('--fix [which]', 'apply the fixes that are safe, with --fix all the others too, and report what is left').choices(['safe', 'all']),
    )
    .option('--watch', 'check again whenever a file changes, also one that is imported', false)
    .addHelpText(
      'after',
      `
With --fix every mistake is mended whose fix cannot change what was meant:
spellings, habits of other languages, renamed parameters. With --fix all the
first fix of every other mistake is applied too; it may add or remove
computation or weights, or change a shape: read what it did. Files that are
imported are changed too.
Of standard input the fixed text is printed, and the report goes to stderr.
With --watch, json and sarif are one line for each check.

Formats:
  pretty  for people: the lines, where numbers were decided, what to do
  json    for scripts, as fmw.report.schema.json says
  sarif   SARIF 2.1.0, for code scanning and viewers
  github  annotations of a GitHub Actions workflow
  line    one line each, for editors: file:line:column: severity[code]: message`,
    )
    .action(async (names, options) => (await import('./check.ts')).check(names, options))
}
