import { Argument, type Command } from 'commander'
import { addResultOptions } from '../options/common-options.ts'

export function addNew(program: Command): void {
  const command = program
    .command('new')
    .description('a project to begin with: a page that reads digits which are drawn on it')
    .addArgument(new Argument('<folder>', 'where it is made; a folder that is not there yet, or is empty'))
  addResultOptions(command).action(async (folder, options) => (await import('./new.ts')).createProject(folder, options))
}
