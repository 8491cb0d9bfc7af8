import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchInterruption } from '../../src/cli/train/interruption.ts'

const s = suite('command line: signals')

/** Runs with a `process.exit` that only keeps the codes. */
function withoutExit(run: (codes: readonly unknown[]) => void): void {
  const { exit } = process
  const codes: unknown[] = []
  process.exit = ((code: unknown) => codes.push(code)) as typeof process.exit
  try {
    run(codes)
  } finally {
    process.exit = exit
  }
}

s('the first signal aborts and is said once, the second ends the process at once', () =>
  withoutExit((codes) => {
    let said = 0
    const { signal, code, release } = catchInterruption(() => said++)
    assert.equal([signal.aborted, code()], [false, undefined])
    process.emit('SIGINT', 'SIGINT')
    assert.equal([signal.aborted, code(), said, codes.length], [true, 130, 1, 0])
    process.emit('SIGTERM', 'SIGTERM')
    assert.equal(codes, [143])
    release()
  }))

s('after the release signals are the system\'s again', () => {
  const before = process.listenerCount('SIGINT')
  const { release } = catchInterruption(() => {})
  assert.is(process.listenerCount('SIGINT'), before + 1)
  release()
  assert.is(process.listenerCount('SIGINT'), before)
})

s.run()
