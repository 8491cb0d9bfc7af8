import type { Command } from 'commander'
import { fileArgument } from '../options/files.ts'

/** Its options bring the names of all losses, optimisers and schedules with them, for which no other command waits. */
export async function addTrain(program: Command, argv: readonly string[]): Promise<void> {
  const train = program.command('train').description('learn the weights of a model from data').addArgument(fileArgument())
  if (argv.includes('train')) (await import('../train/options.ts')).addTrainOptions(train)
  train.action(async (name, options) => (await import('./train.ts')).train(name, options))
}
