import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StatsJson } from '../../src/compiler/facts/stats-json.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, twice, unchecked } from './models.ts'

const s = suite('fmw.config.json')

const total = async (folder: string, ...args: readonly string[]): Promise<number> => {
  const { code, stdout, stderr } = await mainOf(['summary', 'tiny.fmw', '--json', ...args], folder)
  assert.is(code, 0, stderr)
  return (JSON.parse(stdout) as StatsJson).parameters.total
}

s('is read from this folder, or from where --config says, and the command line wins', () =>
  withFiles(
    { 'tiny.fmw': tiny, 'fmw.config.json': '{ "set": { "classes": "5" } }', 'other/c.json': '{ "set": { "classes": "6" } }' },
    async (folder) => {
      assert.is(await total(folder), 5 * 28)
      assert.is(await total(folder, '--config', 'other/c.json'), 6 * 28)
      assert.is(await total(folder, '--set', 'classes=7'), 7 * 28)
    },
  ),
)

s('sets the backend, the seed and the number of warnings that are allowed', () => {
  const config = '{ "$schema": "./fmw.config.schema.json", "backend": "cpu", "seed": 9, "maxWarnings": 0 }'
  return withFiles({ 'tiny.fmw': tiny, 'twice.fmw': twice, 'part.fmw': unchecked, 'fmw.config.json': config }, async (folder) => {
    const warned = await mainOf(['check', 'part.fmw'], folder)
    assert.is(warned.code, 1)
    assert.is((await mainOf(['check', 'part.fmw', '--max-warnings', '1'], folder)).code, 0)
    assert.match((await mainOf(['run', 'twice.fmw', '--input', 'x=ones'], folder)).stderr, 'backend: cpu\n')
    assert.match((await mainOf(['run', 'twice.fmw', '--input', 'x=ones', '--backend', 'wasm'], folder)).stderr, 'backend: wasm\n')
    await mainOf(['init', 'tiny.fmw', '-o', 'configured'], folder)
    await mainOf(['init', 'tiny.fmw', '-o', 'given', '--seed', '9'], folder)
    const written = await contentOf(folder)
    assert.is(written['configured'], written['given'])
  })
})

s('sets what a finding of the linter is', () => {
  const unread = 'model M {\n  input x: [8, 8, 3]\n  a = relu(x)\n  output y = x\n}\n'
  const config = (level: string): string => JSON.stringify({ rules: { 'lint/unused-value': level } })
  return withFiles({ 'unread.fmw': unread, 'off.json': config('off'), 'error.json': config('error') }, async (folder) => {
    const checked = async (...args: readonly string[]): Promise<readonly [code: number | null, first: string]> => {
      const { code, stdout } = await mainOf(['check', 'unread.fmw', ...args], folder)
      return [code, stdout.split('\n')[0]!]
    }
    assert.equal(await checked(), [0, 'warning[lint/unused-value]: nothing reads the value a'])
    assert.equal(await checked('--max-warnings', '0'), [1, 'warning[lint/unused-value]: nothing reads the value a'])
    assert.equal(await checked('--config', 'off.json'), [0, ''])
    assert.equal(await checked('--config', 'error.json'), [1, 'error[lint/unused-value]: nothing reads the value a'])
  })
})

const broken: Readonly<Record<string, readonly [text: string, said: RegExp]>> = {
  'an unknown key': ['{ "maxWarning": 3 }', /^fmw: c\.json: \/ has an unknown key maxWarning \(did you mean maxWarnings\?\)\n$/],
  'a value of another type': ['{ "seed": "three" }', /^fmw: c\.json: \/seed is "three"; it must be a whole number\n$/],
  'a number out of range': ['{ "seed": -1 }', /^fmw: c\.json: \/seed must be >= 0\n$/],
  'an unknown backend': ['{ "backend": "gpu" }', /^fmw: c\.json: \/backend is "gpu"; it must be auto, node, wasm or cpu/],
  'a parameter that is no text': ['{ "set": { "classes": 3 } }', /^fmw: c\.json: \/set\/classes is 3; it must be a string\n$/],
  'several mistakes, all at once': ['{ "seeds": 1, "backend": 2 }', /seeds[^]*\nc\.json: \/backend is 2/],
  'an unknown rule': [
    '{ "rules": { "lint/unused-valeu": "off" } }',
    /^fmw: c\.json: \/rules has an unknown key lint\/unused-valeu \(did you mean lint\/unused-value\?\)\n$/,
  ],
  'an error as a rule': [
    '{ "rules": { "shape/channel-mismatch": "off" } }',
    /^fmw: c\.json: \/rules has an unknown key shape\/channel-mismatch\n$/,
  ],
  'a level that does not exist': [
    '{ "rules": { "lint/unused-value": "warn" } }',
    /^fmw: c\.json: \/rules\/lint\/unused-value is "warn"; it must be off, warning or error\n$/,
  ],
  'broken JSON': ['{ "seed": 3, ', /^fmw: c\.json: .*JSON at position 13/],
  'an empty file': ['', /^fmw: c\.json: Unexpected end of JSON input\n$/],
  'JSON that is no object': ['[1]', /^fmw: c\.json: \/ is a?.*must be an object\n$/],
}

for (const [what, [text, said]] of Object.entries(broken)) {
  s(`is refused as wrong usage, with the place: ${what}`, () =>
    withFiles({ 'tiny.fmw': tiny, 'c.json': text }, async (folder) => {
      const { code, stdout, stderr } = await mainOf(['check', 'tiny.fmw', '--config', 'c.json'], folder)
      assert.equal([code, stdout], [2, ''])
      assert.match(stderr, said)
    }))
}

s('that cannot be read is wrong usage, whether named or not', () =>
  withFiles({ 'tiny.fmw': tiny, 'folder/fmw.config.json/x': '' }, async (folder) => {
    const said = async (cwd: string, ...args: readonly string[]): Promise<unknown> => {
      const { code, stderr } = await mainOf(['check', ...args], cwd)
      return [code, stderr]
    }
    assert.equal(await said(folder, 'tiny.fmw', '--config', 'none.json'), [
      2,
      'fmw: cannot read the configuration none.json: there is no such file or folder\n',
    ])
    assert.equal(await said(`${folder}/folder`, '../tiny.fmw'), [
      2,
      'fmw: cannot read the configuration fmw.config.json: it is a folder\n',
    ])
  }))

s('a parameter in it that no model has is wrong usage', () =>
  withFiles({ 'tiny.fmw': tiny, 'fmw.config.json': '{ "set": { "clases": "5" } }' }, async (folder) => {
    const { code, stderr } = await mainOf(['summary', 'tiny.fmw'], folder)
    assert.equal([code, stderr], [2, 'fmw: tiny.fmw: no model has a parameter clases; did you mean classes?\n'])
  }))

s.run()
