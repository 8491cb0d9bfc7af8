import type { Command } from 'commander'

export function addLsp(program: Command): void {
  program
    .command('lsp')
    .description('the language server, which an editor starts and talks to')
    .option('--stdio', 'talk on standard input and output, which is the only way', true)
    .addHelpText('after', `
It says what is wrong while a file is written and offers the fixes, shows shapes
and documentation, finds and renames names in all files, and lays texts out.
Rules are those of the nearest fmw.config.json in the folders above a file.`)
    .action(async () => (await import('./lsp.ts')).lsp())
}
