import type { Command } from 'commander'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('which backends work here, and what to do about the others')
    .option('--install-native', "install TensorFlow's native library for the fastest backend", false)
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .option('--json', 'as JSON', false)
    .action(async (options) => (await import('./doctor.ts')).doctor(options))
}
