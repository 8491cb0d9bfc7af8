import { Option, type Command } from 'commander'
import { addCommonOptions, wholeNumber } from '../options/common-options.ts'
import { filesArgument } from '../options/files.ts'

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
    .option('--fix', 'apply the fixes, and report what is left', false)
    .option('--watch', 'check again whenever a file changes, also one that is imported', false)
    .addHelpText(
      'after',
      `
With --fix the first fix of every mistake is applied, where no error is left by it; files that they import are changed too.
Of standard input the fixed text is printed, and the report goes to stderr.
With --watch, json and sarif are one line for each check.

Formats:
  pretty  for people: the lines, the numbers and where they were decided, what to do
  json    for scripts, as fmw.report.schema.json says
  sarif   SARIF 2.1.0, for code scanning and viewers
  github  annotations of a GitHub Actions workflow
  line    one line each, for editors: file:line:column: severity[code]: message`,
    )
    .action(async (names, options) => (await import('./check.ts')).check(names, options))
}
