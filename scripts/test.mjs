// Runs the uvu suites under test/ that the words on the command line select (all without any); --fast leaves out *.slow.test.ts, --all runs every
// case of what is slow (test/seeded-tenth.ts).
// A file that throws on import or registers nothing counts as a failure, a hook that throws too. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const runner = fileURLToPath(new URL('./run-tests.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, ['--import', 'tsx', runner, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
