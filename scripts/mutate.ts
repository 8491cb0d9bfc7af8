// Changes the sources at places that a seed chooses, one at a time, and runs the tests that reach each: what no test notices
// needs one, or says the same in another way. A run that is interrupted goes on where it was when it is started with the same
// options.
//
//   node --import tsx scripts/mutate.ts [--seed 1] [--count 60] [--state <file>] [--slow] [--only <part of a path>] [--list]
//
// The tests have to pass without changes, which is not tried here. What is changed is a copy in the folder for temporary files.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { randomStream } from '../src/codegen/tfjs/runtime/random.ts'
import { reachingTests } from './mutate/reaching-tests.ts'
import { mutantsOf, type Mutant } from './mutate/sites.ts'

interface Judged {
  readonly verdict: 'caught' | 'survived' | 'unreached'
  /** The tests that ran when it was caught, or how many did not notice. */
  readonly by: string
  readonly seconds: number
}

type State = readonly (Mutant & { readonly judged?: Judged })[]

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    state: { type: 'string' },
    slow: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})
const stateFile = options.state ?? path.join(tmpdir(), `fmw-mutants-${options.seed}-${options.count}.json`)

/** So long may a test file take, and the start of a process: a mutant that never ends is caught. */
const patience = 60

const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => pattern.test(file) && !file.endsWith('.d.ts'))
    .sort()

/** Mutants of all sources, each as likely as any other; by the seed alone, before anybody looks. */
function chosen(): State {
  const all = ['grammar', 'src']
    .flatMap((folder) => filesIn(folder, /\.ts$/))
    .filter((file) => file.includes(options.only))
    .flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')))
  const random = randomStream(Number(options.seed), 'mutants')
  const left = [...all]
  const taken = Array.from({ length: Math.min(Number(options.count), all.length) }, () =>
    left.splice(Math.floor(random.uniform() * left.length), 1),
  ).flat()
  console.log(`${taken.length} of ${all.length} mutants, seed ${options.seed}`)
  return taken
}

/** A copy of what the tests read. */
function copied(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fmw-mutate-'))
  const left = new Set(['node_modules', 'dist', '.git'])
  for (const name of readdirSync('.')) if (!left.has(name)) cpSync(name, path.join(folder, name), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

/** Tests in groups that grow: what is near the change notices it most often, and each process has to start. */
function inGroups(tests: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = []
  for (let [at, size] = [0, 2]; at < tests.length; at += size, size *= 2)
    groups.push(tests.slice(at, at + size).map((test) => path.relative('test', test)))
  return groups
}

function judge(mutant: Mutant, tests: readonly string[], folder: string): Judged {
  const start = performance.now()
  const text = readFileSync(mutant.path, 'utf8')
  const seconds = (): number => Math.round((performance.now() - start) / 1000)
  if (text.slice(mutant.start, mutant.end) !== mutant.original) throw new Error(`${mutant.path} is not what it was: begin anew`)
  if (tests.length === 0) return { verdict: 'unreached', by: 'no test', seconds: 0 }
  const file = path.join(folder, mutant.path)
  writeFileSync(file, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end))
  try {
    for (const group of inGroups(tests)) {
      const { status } = spawnSync(process.execPath, ['scripts/test.mjs', '--jobs', '1', '--limit', String(patience), ...group], { cwd: folder, stdio: 'ignore' })
      if (status !== 0) return { verdict: 'caught', by: group.join(' '), seconds: seconds() }
    }
    return { verdict: 'survived', by: `${tests.length} test files`, seconds: seconds() }
  } finally {
    writeFileSync(file, text)
  }
}

function placeOf({ path: file, start, what }: Mutant): string {
  const before = readFileSync(file, 'utf8').slice(0, start)
  return `${file}:${before.split('\n').length}:${start - before.lastIndexOf('\n')} ${what}`
}

function run(): void {
  const state: (Mutant & { readonly judged?: Judged })[] = existsSync(stateFile)
    ? JSON.parse(readFileSync(stateFile, 'utf8'))
    : [...chosen()]
  if (options.list) return state.forEach((mutant) => console.log(placeOf(mutant), mutant.judged?.verdict ?? ''))
  writeFileSync(stateFile, JSON.stringify(state))
  const tests = reachingTests(filesIn('test', options.slow ? /\.test\.ts$/ : /(?<!\.slow)\.test\.ts$/))
  const folder = copied()
  try {
    for (const [i, mutant] of state.entries()) {
      if (mutant.judged) continue
      const judged = judge(mutant, tests(mutant.path), folder)
      state[i] = { ...mutant, judged }
      writeFileSync(stateFile, JSON.stringify(state))
      console.log(`${i + 1}/${state.length} ${judged.verdict} ${placeOf(mutant)} (${judged.by}, ${judged.seconds} s)`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const missed = state.filter(({ judged }) => judged?.verdict !== 'caught')
  console.log(`${state.length - missed.length} of ${state.length} caught${missed.length === 0 ? '' : '; not:'}`)
  for (const one of missed) console.log(`  ${placeOf(one)}`)
}

run()
