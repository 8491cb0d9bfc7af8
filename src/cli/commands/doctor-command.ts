import type { Command } from 'commander'
import { addResultOptions } from '../options/common-options.ts'

export function addDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('which backends work here, and what to do about the others')
    .option('--install-native', "install TensorFlow's native library for the fastest backend", false)
  addResultOptions(doctor).action(async (options) => (await import('./doctor.ts')).doctor(options))
}
