// Stores the code of the bundle beside it, after a check: with the functions that one needs, of which V8 compiles each when it is
// first called.
import { writeFileSync } from 'node:fs'
import { codeFile, leaveShortRunsAlone, run, scriptOf } from '../../bin/bundle.js'

// code is only read under the flags under which it was made
leaveShortRunsAlone()
const script = scriptOf(undefined)
const { main } = run(script)
const code = await main(['check', '--quiet', 'examples/lenet5.fmw', 'examples/resnet50.fmw'])
if (code !== 0) throw new Error(`a check of examples ends with ${code}`)
writeFileSync(codeFile, script.createCachedData())
