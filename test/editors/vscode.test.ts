import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build, root } from '../cli/fmw.ts'

const s = suite('extension for VS Code')

await build()
const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-vsix-'))
execFileSync(process.execPath, ['scripts/vsix.mjs', path.join(folder, 'fmw.vsix')], { cwd: root, stdio: 'pipe' })
const files = unzipSync(readFileSync(path.join(folder, 'fmw.vsix')))
for (const [file, bytes] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), bytes)
}
const extension = path.join(folder, 'extension')
const server = (...args: readonly string[]) => spawnSync(process.execPath, [path.join(extension, 'server/fmw.cjs'), ...args], { encoding: 'utf8', cwd: folder })

s.after(() => rmSync(folder, { recursive: true, force: true }))

s('brings what it needs and no more', () => {
  const names = Object.keys(files)
  for (const file of ['package.json', 'readme.md', 'LICENSE.txt', 'changelog.md', 'icon.png', 'extension.cjs', 'fmw.tmLanguage.json', 'language-configuration.json', 'server/fmw.cjs', 'server/dist/main.cjs', 'server/std/conv.fmw'])
    assert.ok(names.includes(`extension/${file}`), `${file} of ${names.join(' ')}`)
  assert.equal(
    names.filter((name) => /node_modules|\.m?tsx?$|\.map$/.test(name)),
    [],
  )
  const size = readFileSync(path.join(folder, 'fmw.vsix')).length
  assert.ok(size < 4e6, `${size} bytes`)
})

s('has the version of fmw, and a setting for each rule', () => {
  const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
  const manifest = json(path.join(extension, 'package.json'))
  assert.is(manifest.version, json('package.json').version)
  const settings = manifest.contributes.configuration.properties
  assert.equal(Object.keys(settings['fmw.rules'].properties), Object.keys(json('fmw.config.schema.json').properties.rules.properties))
  assert.is(settings['fmw.rules'].properties['lint/bias-before-norm'].default, 'off')
  for (const file of [manifest.main, manifest.icon, manifest.contributes.grammars[0].path, manifest.contributes.jsonValidation[0].url])
    assert.ok(`extension/${path.normalize(file)}` in files, file)
})

s('its own fmw works where it lies', () => {
  for (const file of ['lenet5.fmw', 'digits.fmw']) cpSync(`examples/${file}`, path.join(folder, file))
  assert.is(server('--version').stdout.trim(), JSON.parse(readFileSync('package.json', 'utf8')).version)
  const checked = server('check', 'lenet5.fmw')
  assert.is(checked.status, 0, checked.stderr + checked.stdout)
  assert.match(server('summary', 'lenet5.fmw').stdout, '60,000')
  const { status, stderr } = server('fmt', 'lenet5.fmw')
  assert.is(status, 0, stderr)
})

s('lines go on as the language configuration says', () => {
  const { onEnterRules, indentationRules, wordPattern } = JSON.parse(readFileSync('editors/vscode/language-configuration.json', 'utf8'))
  const continued = (line: string) => onEnterRules.find(({ beforeText }: { beforeText: string }) => new RegExp(beforeText).test(line))?.action.appendText
  assert.is(continued('  /// LeNet-5.'), '/// ')
  assert.is(continued('///'), undefined)
  assert.is(continued('// note'), undefined)
  const more = new RegExp(indentationRules.increaseIndentPattern)
  for (const line of ['model M {', 'model M { // LeNet', '  x = conv(', '  widths = [']) assert.ok(more.test(line), line)
  for (const line of ['  x = conv(8)', '// {', '  require ok, "{x}"', 'block F() { return 1 }']) assert.not.ok(more.test(line), line)
  assert.equal('stem_2 |> conv(3x3, 1e-5)'.match(new RegExp(wordPattern, 'g')), ['stem_2', 'conv', '3x3', '1e-5'])
})

interface Stub {
  readonly commands: Readonly<Record<string, (...given: readonly unknown[]) => Promise<void>>>
  readonly lenses: readonly { provideCodeLenses(document: unknown): readonly { readonly command: { readonly command: string; readonly arguments: readonly unknown[] } }[] }[]
  readonly shown: readonly string[]
  readonly settings: Record<string, unknown>
}

s('starts its server, and shows the summary of a model', async () => {
  const host = path.join(extension, 'node_modules/vscode')
  mkdirSync(host, { recursive: true })
  cpSync('test/editors/vscode-stub.cjs', path.join(host, 'index.js'))
  const log = path.join(folder, 'log')
  process.env['FMW_TEST_LOG'] = log
  const require = createRequire(path.join(extension, 'extension.cjs'))
  const { stub, Uri }: { stub: Stub; Uri: { file(path: string): unknown } } = require('vscode')
  Object.assign(stub.settings, { path: path.resolve('test/editors/stand-in-server.cjs'), rules: { 'lint/dropped-row': 'error' } })
  const { activate, deactivate } = require('./extension.cjs')
  const subscriptions: unknown[] = []
  await activate({ subscriptions, asAbsolutePath: (file: string) => path.join(extension, file) })
  const { method, args, params } = JSON.parse(readFileSync(log, 'utf8').split('\n')[0]!)
  assert.equal([method, ...args], ['initialize', 'lsp', '--stdio'])
  assert.equal(params.initializationOptions.rules, { 'lint/dropped-row': 'error' })

  const text = readFileSync('examples/lenet5.fmw', 'utf8')
  const uri = Uri.file(path.join(folder, 'lenet5.fmw'))
  const [lens] = stub.lenses[0]!.provideCodeLenses({ uri, getText: () => text, positionAt: (offset: number) => offset })
  assert.is(lens!.command.command, 'fmw.summary')
  delete stub.settings['path']
  await stub.commands['fmw.summary']!(...lens!.command.arguments)
  assert.match(stub.shown.at(-1) ?? '', '60,000')
  await deactivate()
})

s.run()
