import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followChanges } from '../../src/cli/files/follow-changes.ts'
import { codeOf } from '../../src/cli/exit/code-of.ts'
import { watchFiles } from '../../src/cli/files/watch-files.ts'
import { openTerminal } from '../../src/cli/terminal/terminal.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { net, step, watching } from './watching.ts'

const s = suite('fmw build --watch')

/** The first time, with what all modules import. */
const first = 'out/net.ts\nout/fmw-runtime.ts\nout/fmw-training.ts\n'

s('builds again when a file changes that is imported, and writes only what is different', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['build', 'net.fmw', '--out', 'out', '--no-format'], async ({ out, until }, folder) => {
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

s('writes of a JavaScript module and its types only what is different', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['build', '.', '--out', 'out', '--no-format', '--target', 'js', '--json'], async ({ out, until }, folder) => {
    await until('Ctrl-C ends')
    const written = (): unknown => out().trim().split('\n').map((line) => JSON.parse(line).written.map(({ path: file }: { readonly path: string }) => file))
    const common = ['runtime', 'training'].flatMap((name) => ['js', 'd.ts'].map((ending) => `out/fmw-${name}.${ending}`))
    assert.equal(written(), [['out/net.js', 'out/net.d.ts', ...common]])
    writeFileSync(path.join(folder, 'step.fmw'), step.replace('relu', 'tanh'))
    await until(/Ctrl-C ends\n[^]*Ctrl-C ends\n/)
    assert.equal(written(), [['out/net.js', 'out/net.d.ts', ...common], ['out/net.js']])
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('4', '5'))
    await until(/(?:Ctrl-C ends\n[^]*){3}/)
    assert.equal(written(), [['out/net.js', 'out/net.d.ts', ...common], ['out/net.js'], ['out/net.js', 'out/net.d.ts']])
  }))

s('writes the kernels of a module again when it needs others', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['build', 'net.fmw', '--out', 'out', '--no-format', '--kernels', 'cpu'], async ({ out, until }, folder) => {
    await until('Ctrl-C ends')
    const before = first.replace('out/net.ts\n', 'out/net.ts\nout/net.kernels.ts\n')
    assert.is(out(), before)
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('4', '5'))
    await until(/Ctrl-C ends\n[^]*Ctrl-C ends\n/)
    assert.is(out(), `${before}out/net.ts\n`)
    writeFileSync(path.join(folder, 'step.fmw'), step.replace('relu', 'tanh'))
    await until(/(?:Ctrl-C ends\n[^]*){3}/)
    assert.is(out(), `${before}out/net.ts\nout/net.ts\nout/net.kernels.ts\n`)
    assert.match(readFileSync(path.join(folder, 'out/net.kernels.ts'), 'utf8'), 'tanhConfig')
  }))

s('shows a mistake, keeps what was written, and goes on', () =>
  watching({ 'net.fmw': net, 'step.fmw': step }, ['build', 'net.fmw', '--out', 'out', '--no-format'], async ({ until }, folder) => {
    await until('Ctrl-C ends')
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('Step(x', 'Stp(x'))
    await until('there is no name Stp')
    assert.ok(existsSync(path.join(folder, 'out/net.ts')))
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('4', '5'))
    await until(`${first}out/net.ts\n`)
  }))

s('a file that is added to a folder is built too', () =>
  watching({ 'models/net.fmw': net.replace('./', '../'), 'step.fmw': step }, ['build', 'models', '--out', 'out', '--no-format'], async ({ until }, folder) => {
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

s('a bug of fmw ends it, and is said once', async () => {
  const { write } = process.stderr
  let said = ''
  process.stderr.write = (text: string | Uint8Array) => {
    said += String(text)
    return true
  }
  try {
    const ended = await watchFiles(['a.fmw'], openTerminal({ quiet: true, color: false }), async (sources) => {
      sources.add('a.fmw')
      throw new TypeError('no such thing')
    }).catch((error: unknown) => codeOf(error))
    assert.is(ended, 3)
  } finally {
    process.stderr.write = write
  }
  assert.is(said.match(/no such thing/g)?.length, 1)
})

s('a change while it runs is seen, and nothing is watched when it has ended', () =>
  withFiles({ 'a.txt': '1' }, async (folder) => {
    const file = path.join(folder, 'a.txt')
    let runs = 0
    const run = async (): Promise<ReadonlySet<string>> => {
      runs++
      if (runs === 2) throw new Error('enough')
      await pause(5)
      writeFileSync(file, '2')
      return new Set([file])
    }
    const ended = await followChanges({ folders: async () => [], run, followed: () => {} }).catch((error: unknown) => String(error))
    assert.equal([ended, runs], ['Error: enough', 2])
  }))

s.run()
