import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
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

s('the files that emitted modules import are beside it', async () => {
  await build()
  const folder = 'src/codegen/tfjs/runtime'
  const read = (from: string): readonly (readonly [string, string])[] =>
    readdirSync(path.join(root, from), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, readFileSync(path.join(root, from, file), 'utf8')])
  assert.equal(read('dist/runtime'), read(folder))
})

s.run()
