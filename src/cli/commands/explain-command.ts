import type { Command } from 'commander'

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('the page of a diagnostic; without a code, the list of all')
    .argument('[code]', 'such as shape/channel-mismatch')
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .option('--json', 'as JSON', false)
    .action(async (code, options) => (await import('./explain.ts')).explain(code, options))
}
