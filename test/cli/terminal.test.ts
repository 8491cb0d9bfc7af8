import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openTerminal } from '../../src/cli/terminal/terminal.ts'
import { build, fmw, root } from './fmw.ts'
import { withFiles } from './folder.ts'
import { unchecked, wrong } from './models.ts'

const s = suite('command line: colours and pipes')

const escape = '\x1b['

s('no escape code reaches a pipe', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    for (const args of [['check', 'wrong.fmw'], ['summary', 'wrong.fmw'], ['--help'], ['explain', 'name/unknown']]) {
      const { stdout, stderr } = await fmw(args, { cwd: folder })
      assert.not.ok(`${stdout}${stderr}`.includes(escape), args.join(' '))
    }
  }))

s('FORCE_COLOR colours results and errors; NO_COLOR, --no-color and FORCE_COLOR=0 win over it', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const coloured = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> => {
      const { stdout, stderr } = await fmw(args, { cwd: folder, env })
      return `${stdout}${stderr}`.includes(escape)
    }
    const check = ['check', 'wrong.fmw']
    assert.ok(await coloured(check, { FORCE_COLOR: '1' }))
    assert.ok(await coloured(check, { FORCE_COLOR: '1', CI: 'true' }))
    assert.ok(await coloured(['summary', 'wrong.fmw'], { FORCE_COLOR: '1' }))
    assert.not.ok(await coloured(check, { FORCE_COLOR: '1', NO_COLOR: '1' }))
    assert.not.ok(await coloured([...check, '--no-color'], { FORCE_COLOR: '1' }))
    assert.not.ok(await coloured(check, { FORCE_COLOR: '0' }))
  }))

s('colour changes nothing but the escape codes', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const plain = await fmw(['check', 'wrong.fmw'], { cwd: folder })
    const coloured = await fmw(['check', 'wrong.fmw'], { cwd: folder, env: { FORCE_COLOR: '1' } })
    // oxlint-disable-next-line no-control-regex -- escape codes are what is looked for
    assert.is(coloured.stdout.replace(/\x1b\[\d+m/g, ''), plain.stdout)
  }))

s('--format json has no escape code even when colour is forced', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { stdout } = await fmw(['check', 'wrong.fmw', '--format', 'json'], { cwd: folder, env: { FORCE_COLOR: '1' } })
    assert.not.ok(stdout.includes(escape))
    assert.not.ok(stdout.includes('\\u001b'))
  }))

const script = promisify(execFile)

s('a reader that stops early, such as head, is no error', async () => {
  await build()
  const files = { 'wrong.fmw': Array.from({ length: 800 }, (_, i) => unchecked.replace('Unchecked', `M${i}`)).join('\n') }
  await withFiles(files, async (folder) => {
    const { stdout, stderr } = await script(
      'sh',
      ['-c', `"${process.execPath}" "${path.join(root, 'bin/fmw.js')}" check wrong.fmw --quiet | head -n 1`],
      { cwd: folder },
    )
    assert.match(stdout, 'warning[model/unchecked]')
    assert.is(stderr, '')
  })
})

s('results are complete when a pipe is read slowly', () =>
  withFiles(
    { 'many.fmw': Array.from({ length: 800 }, (_, i) => unchecked.replace('Unchecked', `M${i}`)).join('\n') },
    async (folder) => {
      const { stdout } = await script(
        'sh',
        ['-c', `"${process.execPath}" "${path.join(root, 'bin/fmw.js')}" check many.fmw --format json | (sleep 1; cat)`],
        {
          cwd: folder,
          maxBuffer: 1e9,
        },
      )
      assert.is((JSON.parse(stdout) as { readonly warnings: number }).warnings, 800)
    },
  ),
)

s('a screen is cleared between checks only where somebody watches it', () => {
  const { stdout, env } = process
  const before = { isTTY: stdout.isTTY, TERM: env['TERM'], CI: env['CI'] }
  const clears = (isTTY: boolean, TERM: string, CI: string): boolean => {
    Object.assign(stdout, { isTTY })
    Object.assign(env, { TERM, CI })
    return openTerminal({ quiet: false, color: true }).clear !== undefined
  }
  try {
    assert.ok(clears(true, 'xterm', ''))
    assert.not.ok(clears(false, 'xterm', ''))
    assert.not.ok(clears(true, 'dumb', ''))
    assert.not.ok(clears(true, 'xterm', 'true'))
  } finally {
    Object.assign(stdout, { isTTY: before.isTTY })
    for (const name of ['TERM', 'CI'] as const)
      if (before[name] === undefined) delete env[name]
      else env[name] = before[name]
  }
})

s.run()
