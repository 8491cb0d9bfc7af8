// A cold `fmw check` of a small model against Node that does nothing. Target: at most 4 times.
import { spawnSync } from 'node:child_process'
import { interleave } from './interleave.ts'
import { printTimes } from './print-times.ts'

function node(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

printTimes(
  await interleave(
    {
      'node -e 0': () => node('-e', '0'),
      'fmw check examples/lenet5.fmw': () => node('bin/fmw.js', 'check', 'examples/lenet5.fmw'),
      'fmw check examples/resnet50.fmw': () => node('bin/fmw.js', 'check', 'examples/resnet50.fmw'),
    },
    21,
    2,
  ),
)
