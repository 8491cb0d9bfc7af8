import { parse } from 'uvu/parse'

const fast = process.argv.includes('--fast')
// test/seeded-tenth.ts reads it
if (process.argv.includes('--all')) process.env.FMW_TEST_ALL = '1'
const words = process.argv.slice(2).filter((word) => word !== '--fast' && word !== '--all')
globalThis.UVU_DEFER = 1
const { exec } = await import('uvu')
const { suites } = await parse('test', /\.test\.ts$/)
const chosen = suites.filter(
  ({ name }) => (words.length === 0 || words.some((word) => name.includes(word))) && !(fast && name.includes('.slow.')),
)

let passed = 0
let failed = 0
let skipped = 0
const broken = []
const queue = globalThis.UVU_QUEUE

for (const [index, { name, file }] of chosen.entries()) {
  globalThis.UVU_INDEX = index
  queue[index] = [name]
  try {
    await import(`file://${file}`)
  } catch (error) {
    broken.push(`${name}: ${error?.stack ?? error}`)
  }
  const registered = queue[index]
  if (registered.length < 2) broken.push(`${name}: registered no test (is .run() missing?)`)
  for (let i = 1; i < registered.length; i++) {
    const run = registered[i]
    registered[i] = async () => {
      const result = await run()
      const [errors, ok, skips, total] = result
      passed += ok
      skipped += skips
      failed += total - ok
      // uvu counts no failure when a hook throws, and gives `true` for what it said: the tests it kept from running show it
      if (total !== ok && (errors === true || !errors.trim())) broken.push(`${name}: ${total - ok} of ${total} tests did not run (did a hook throw?)`)
      return result
    }
  }
}
if (chosen.length === 0) broken.push(`no test file matches ${words.join(' ')}`)

let ended = false
process.on('exit', (code) => {
  if (!ended && code === 0) {
    console.error('FAIL the run ended before its tests did: a promise never resolved')
    process.stdout.write(`${passed} passed, ${failed + 1} failed\n`)
    process.exitCode = 1
  }
})
await exec()
ended = true
for (const text of broken) console.error(`FAIL ${text}`)
failed += broken.length
process.stdout.write(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
process.exit(failed ? 1 : 0)
