import type { Command } from 'commander'
import { filesArgument } from '../options/files.ts'

export function addFmt(program: Command): void {
  program
    .command('fmt')
    .description('lay the texts of files out, without changing what they say')
    .addArgument(filesArgument())
    .option('--check', 'write nothing, name the files that would change, and exit with 1 if there are any', false)
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      `
There is one layout, and nothing to choose: lines of at most 120 columns, two
spaces for each brace and bracket. Line ends that tell something stay: between
the steps of a pipe and the rows of a table, one blank line where there are
some. A file with mistakes of syntax is left alone, with what is wrong with it.
Of standard input the text is printed. In editors and beside other languages
prettier does the same: npx prettier --plugin fmw/prettier --write .`,
    )
    .action(async (names, options) => (await import('./fmt.ts')).fmt(names, options))
}
