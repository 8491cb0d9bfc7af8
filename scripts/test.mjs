// Runs the uvu suites under test/ that the words on the command line select (all without any); --fast leaves out *.slow.test.ts, --all runs every
// case of what is slow (test/seeded-tenth.ts), --jobs says in how many processes (one for each core, at most four), --limit after how many seconds a file is given up.
// A file that throws on import, registers nothing or ends its process counts as a failure, a hook that throws too. Ends with `N passed, N failed`.
import { fork } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'uvu/parse'

const options = {
  fast: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  jobs: { type: 'string', default: String(Math.min(availableParallelism(), 4)) },
  limit: { type: 'string', default: '1800' },
}
const { values, positionals: words } = parseArgs({ options, allowPositionals: true })
for (const name of ['jobs', 'limit'])
  if (!/^[1-9]\d*$/.test(values[name])) {
    console.error(`--${name} ${values[name]}: it is a whole number, 1 or more`)
    process.exit(2)
  }
// test/seeded-tenth.ts reads it
if (values.all) process.env.FMW_TEST_ALL = '1'

const { suites } = await parse('test', /\.test\.ts$/)
const chosen = suites
  .map(({ name, file }) => ({ name, file }))
  .filter(({ name }) => (words.length === 0 || words.some((word) => name.includes(word))) && !(values.fast && name.includes('.slow.')))

const runner = fileURLToPath(new URL('./run-tests.mjs', import.meta.url))
// what the processes of one run share: test/cli/fmw.ts bundles the command line once
const folder = mkdtempSync(path.join(tmpdir(), 'fmw-test-'))
const env = { ...process.env, FMW_TEST_RUN: folder }
const sum = { passed: 0, failed: 0, skipped: 0 }
const broken = []
const seconds = []
const jobs = Math.min(Number(values.jobs), chosen.length)
// slow files first, so that no process is left with one of them at the end
const waiting = chosen.toSorted((a, b) => Number(b.name.includes('.slow.')) - Number(a.name.includes('.slow.')))

/** A process that takes one file after another; what it prints is shown when a file is done, or at once where there is only one. */
function work(number) {
  return new Promise((resolve) => {
    const log = jobs > 1 ? openSync(path.join(folder, `${number}.log`), 'a+') : 'inherit'
    const child = fork(runner, { execArgv: ['--import', 'tsx'], env, stdio: ['ignore', log, log, 'ipc'] })
    let running
    let shown = 0
    let alarm
    const show = () => {
      if (log === 'inherit') return
      const bytes = Buffer.alloc(1 << 16)
      for (let size; (size = readSync(log, bytes, 0, bytes.length, shown)) > 0; shown += size) process.stdout.write(bytes.toString('latin1', 0, size), 'latin1')
    }
    const next = () => {
      clearTimeout(alarm)
      running = waiting.shift()
      if (!running) return child.disconnect()
      alarm = setTimeout(() => child.kill('SIGKILL'), 1000 * values.limit)
      child.send(running)
    }
    child.on('message', (result) => {
      for (const key of Object.keys(sum)) sum[key] += result[key]
      broken.push(...result.broken)
      seconds.push([result.ms / 1000, running.name])
      show()
      next()
    })
    child.on('exit', (code, signal) => {
      clearTimeout(alarm)
      show()
      if (log !== 'inherit') closeSync(log)
      if (running) {
        process.stdout.write('\n')
        broken.push(`${running.name}: its process ended before its tests did (${signal ?? `exit code ${code}`}): did a promise never resolve, or --limit pass?`)
      }
      resolve(running && waiting.length > 0 ? work(`${number}+`) : undefined)
    })
    next()
  })
}

if (chosen.length === 0) broken.push(`no test file matches ${words.join(' ')}`)
await Promise.all(Array.from({ length: jobs }, (_, i) => work(String(i))))
rmSync(folder, { recursive: true, force: true })
if (seconds.length > 10) {
  const slowest = seconds.toSorted(([a], [b]) => b - a).slice(0, 10)
  console.log(`\nthe slowest of ${chosen.length} files:\n${slowest.map(([time, name]) => `${time.toFixed(0).padStart(6)} s  ${name}`).join('\n')}\n`)
}
for (const text of broken) console.error(`FAIL ${text}`)
sum.failed += broken.length
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}\n`)
process.exitCode = sum.failed ? 1 : 0
