import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const bin = fileURLToPath(new URL('../../bin/fmw.js', import.meta.url))

let built: Promise<void> | undefined

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  /** What it reads on standard input. */
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Variables that decide how output is drawn are those of the test, not of whoever runs it. */
function environment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { CI: _ci, NO_COLOR: _none, FORCE_COLOR: _force, LANG: _lang, LC_CTYPE: _ctype, ...inherited } = process.env
  return { ...inherited, LC_ALL: 'C.UTF-8', ...own }
}

/** Bundles the command line, once for all tests of a run. */
export const build = (): Promise<void> => (built ??= bundled())

/** Of the processes of a run (scripts/test.mjs) the first bundles, and the others wait for it. */
async function bundled(): Promise<void> {
  const shared = process.env['FMW_TEST_RUN']
  if (shared === undefined) return bundle()
  const done = path.join(shared, 'bundled')
  try {
    mkdirSync(path.join(shared, 'bundling'))
  } catch {
    while (!existsSync(done)) await pause(100)
    return
  }
  // whoever waits for a bundle that has failed fails too
  return bundle().finally(() => writeFileSync(done, ''))
}

async function bundle(): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: root })
}

/** Runs the bundled command line as a process of its own, on pipes. */
export async function fmw(args: readonly string[], { cwd = root, stdin = '', env = {} }: RunOptions = {}): Promise<Ran> {
  await build()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd, env: environment(env) })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // it may end without having read everything
    child.stdin.on('error', () => {}).end(stdin)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
