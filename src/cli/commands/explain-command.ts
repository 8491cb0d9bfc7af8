import type { Command } from 'commander'
import { addResultOptions } from '../options/common-options.ts'

export function addExplain(program: Command): void {
  const explain = program
    .command('explain')
    .description('the page of a diagnostic or of an op; without a name, the lists of both')
    .argument('[name]', 'a code such as shape/channel-mismatch, or an op such as fuse.convex')
    .addHelpText('after', `
Examples:
  $ fmw explain shape/channel-mismatch   meaning, a file that has it, and mended
  $ fmw explain weight.attention         formula, parameters, paper, an example
  $ fmw explain fuse                     the ops of a family
  $ fmw explain conv --json              the page as an object`)
  addResultOptions(explain).action(async (name, options) => (await import('./explain.ts')).explain(name, options))
}
