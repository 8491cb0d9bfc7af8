import type { Command } from 'commander'
import { addResultOptions } from '../options/common-options.ts'

export function addExplain(program: Command): void {
  const explain = program
    .command('explain')
    .description('the page of a diagnostic; without a code, the list of all')
    .argument('[code]', 'such as shape/channel-mismatch')
  addResultOptions(explain).action(async (code, options) => (await import('./explain.ts')).explain(code, options))
}
