import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followChanges } from '../../src/cli/files/follow-changes.ts'
import { build, root } from './fmw.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('fmw build --watch')

const step = 'block Step(x: [H, W, C], width: int) -> [_, _, width] { return x |> conv(width, 3x3) |> relu }\n'
const net = 'import { Step } from "./step.fmw"\n\nmodel Net {\n  input x: [8, 8, 3]\n  output y = Step(x, 4)\n}\n'

interface Watching {
  readonly out: () => string
  readonly err: () => string
  /** Waits for what is printed on either. */
  readonly until: (text: string | RegExp) => Promise<void>
}

const watching = (files: Files, args: readonly string[], run: (process: Watching, folder: string) => Promise<void>): Promise<void> =>
  withFiles(files, async (folder) => {
    await build()
    const child = spawn(process.execPath, [path.join(root, 'bin/fmw.js'), 'build', ...args, '--watch'], { cwd: folder })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const has = (text: string | RegExp): boolean => (typeof text === 'string' ? (out + err).includes(text) : text.test(out + err))
    try {
      await run(
        {
          out: () => out,
          err: () => err,
          until: async (text) => {
            for (let i = 0; i < 400 && !has(text); i++) await pause(25)
            assert.ok(has(text), `${text} is not in ${out}${err}`)
          },
        },
        folder,
      )
    } finally {
      child.kill()
    }
  })

/** The first time, with what all modules import. */
const first = 'out/net.ts\nout/fmw-runtime.ts\nout/fmw-training.ts\n'

s('builds again when a file changes that is imported, and writes only what is different', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['net.fmw', '--out', 'out', '--no-format'], async ({ out, until }, folder) => {
    await until('watching 2 files; Ctrl-C ends')
    assert.is(out(), first)
    const before = readFileSync(path.join(folder, 'out/net.ts'), 'utf8')
    writeFileSync(path.join(folder, 'step.fmw'), `${step}// the same\n`)
    await until(/Ctrl-C ends\n[^]*Ctrl-C ends\n/)
    assert.is(out(), first)
    writeFileSync(path.join(folder, 'step.fmw'), step.replace('relu', 'tanh'))
    await until(`${first}out/net.ts\n`)
    assert.is.not(readFileSync(path.join(folder, 'out/net.ts'), 'utf8'), before)
  }))

s('shows a mistake, keeps what was written, and goes on', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['net.fmw', '--out', 'out', '--no-format'], async ({ until }, folder) => {
    await until('Ctrl-C ends')
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('Step(x', 'Stp(x'))
    await until('there is no name Stp')
    assert.ok(existsSync(path.join(folder, 'out/net.ts')))
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('4', '5'))
    await until(`${first}out/net.ts\n`)
  }))

s('a file that is added to a folder is built too', () =>
  watching({ 'models/net.fmw': net.replace('./', '../'), 'step.fmw': step }, ['models', '--out', 'out', '--no-format'], async ({ until }, folder) => {
    await until('Ctrl-C ends')
    writeFileSync(path.join(folder, 'models/other.fmw'), net.replace('./', '../').replace('Net', 'Other'))
    await until('out/other.ts')
  }))

s('refuses what does not change', async () => {
  await withFiles({ 'net.fmw': net, 'step.fmw': step }, async (folder) => {
    for (const [args, words] of [
      [['-'], '--watch needs files'],
      [['net.fmw', '--check'], '--check and --watch are two things'],
      [['no.fmw'], 'there is no file no.fmw'],
    ] as const) {
      const { code, stderr } = await mainOf(['build', ...args, '--out', 'out', '--watch'], folder)
      assert.is(code, 2)
      assert.match(stderr, words)
    }
  })
})

s('a change while it runs is seen, and nothing is watched when it has ended', () =>
  withFiles({ 'a.txt': '1' }, async (folder) => {
    const file = path.join(folder, 'a.txt')
    const ending = new AbortController()
    let runs = 0
    await followChanges(async () => {
      runs++
      if (runs === 1) {
        await pause(5)
        writeFileSync(file, '2')
      } else ending.abort()
      return [file]
    }, ending.signal)
    assert.is(runs, 2)
  }))

s.run()
