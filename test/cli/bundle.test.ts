import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build, root } from './fmw.ts'

const s = suite('the bundled command line')

s('V8 takes the code that was stored for it when the command line was built', async () => {
  await build()
  const asks = `
    import { readFileSync } from 'node:fs'
    import { codeFile, leaveShortRunsAlone, scriptOf } from './bin/bundle.js'
    leaveShortRunsAlone()
    console.log(scriptOf(readFileSync(codeFile)).cachedDataRejected)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', asks], { cwd: root, encoding: 'utf8' })
  assert.is(stderr, '')
  assert.is(stdout, 'false\n')
})

s.run()
