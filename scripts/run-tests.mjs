// A process of scripts/test.mjs: runs the files that it is sent, one after another, and says of each how many tests passed.
globalThis.UVU_DEFER = 1
// loaded once there is a queue
await import('uvu')

// what a test has left open keeps nobody waiting
process.on('disconnect', () => process.exit())
process.on('message', async ({ name, file }) => {
  // a promise that never resolves ends the process, which its parent notices
  process.channel.unref()
  const begun = performance.now()
  const result = await runFile(name, file)
  process.channel.ref()
  process.send({ ...result, ms: performance.now() - begun })
})

/** As `exec` of uvu does it, for one file. */
async function runFile(name, file) {
  const result = { passed: 0, failed: 0, skipped: 0, broken: [] }
  const registered = [name]
  globalThis.UVU_INDEX = globalThis.UVU_QUEUE.push(registered) - 1
  process.stdout.write(`${name}\n`)
  try {
    await import(`file://${file}`)
  } catch (error) {
    result.broken.push(`${name}: ${error?.stack ?? error}`)
  }
  const tests = registered.splice(1)
  if (tests.length === 0) result.broken.push(`${name}: registered no test (is .run() missing?)`)
  for (const test of tests) {
    const [errors, passed, skipped, total] = await test()
    result.passed += passed
    result.skipped += skipped
    result.failed += total - passed
    if (errors.length) process.stdout.write(`\n${errors}\n`)
    // uvu counts no failure when a hook throws, and gives `true` for what it said: the tests it kept from running show it
    if (total !== passed && (errors === true || !errors.trim())) result.broken.push(`${name}: ${total - passed} of ${total} tests did not run (did a hook throw?)`)
  }
  process.stdout.write('\n')
  return result
}
