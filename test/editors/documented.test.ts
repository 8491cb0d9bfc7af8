import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const s = suite('docs/editors.md')

const page = readFileSync('docs/editors.md', 'utf8')
const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-editors-'))
copyFileSync('examples/digits.fmw', path.join(folder, 'digits.fmw'))
symlinkSync(path.resolve('test/editors/stand-in-server.cjs'), path.join(folder, 'fmw'))
s.after(() => rmSync(folder, { recursive: true, force: true }))

/** The blocks of code in a language. */
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].filter(([, found]) => found === language).map(([, , code]) => code!)

const log = path.join(folder, 'log')
const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, FMW_TEST_LOG: log }

function startedServer(command: string, args: readonly string[]): void {
  writeFileSync(log, '')
  const { stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })
  const messages = readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line || '{}'))
  assert.equal(messages[0]?.args, ['lsp', '--stdio'], stderr)
  const opened = messages.find(({ method }) => method === 'textDocument/didOpen')
  assert.is(opened?.params.textDocument.languageId, 'fmw', stderr)
}

const test = (command: string) => (spawnSync(command, ['--version']).status === 0 ? s : s.skip)

test('nvim')('the older configuration of Neovim starts the server (skipped without nvim)', () => {
  const init = path.join(folder, 'init.lua')
  writeFileSync(init, blocks('lua')[1]!)
  const opened = `lua vim.wait(20000, function() return vim.fn.readfile(${JSON.stringify(log)})[3] ~= nil end)`
  startedServer('nvim', ['--headless', '-n', '-u', init, 'digits.fmw', '-c', opened, '-c', 'qa!'])
})

s('Shiki colours with the code that is shown', () => {
  const file = 'zz-shiki-documented.mjs'
  writeFileSync(file, blocks('js')[0]!)
  try {
    assert.match(execFileSync(process.execPath, [file], { encoding: 'utf8' }), '<pre class="shiki github-light"')
  } finally {
    rmSync(file)
  }
})

s.run()
