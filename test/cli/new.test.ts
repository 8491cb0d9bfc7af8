import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shellWord } from '../../src/cli/terminal/shell-word.ts'
import { version } from '../../src/index.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('fmw new')

const made = [
  '.gitignore',
  'README.md',
  'index.html',
  'package.json',
  'src/backend.ts',
  'src/digits.fmw',
  'src/lenet5.d.fmw.ts',
  'src/lenet5.fmw',
  'src/lenet5.safetensors',
  'src/main.ts',
  'src/pad.ts',
  'src/style.css',
  'tsconfig.json',
  'vite.config.ts',
]

s('makes a project with a page, prints its files, and says how to go on', () =>
  withFiles({}, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['new', 'digits'], folder)
    assert.is(code, 0)
    assert.equal(stdout.trim().split('\n'), made.map((file) => path.join('digits', file)))
    assert.is(stderr, 'cd digits && npm install && npm run dev\n(where npm does not find fmw, README.md there says how)\n')
    assert.match(await readFile(path.join(folder, 'digits/README.md'), 'utf8'), `npm install --save-dev <path>/fmw-${version}.tgz`)
    assert.equal(Object.keys(await contentOf(path.join(folder, 'digits'))), made)
    const written = JSON.parse(await readFile(path.join(folder, 'digits/package.json'), 'utf8'))
    assert.is(written.name, 'digits')
    assert.is(written.devDependencies.fmw, `^${version}`)
    for (const file of ['package.json', 'README.md'])
      assert.not.match(await readFile(path.join(folder, 'digits', file), 'utf8'), '{{')
  }))

s('what it makes has no mistake', () =>
  withFiles({}, async (folder) => {
    await mainOf(['new', 'digits'], folder)
    const { code, stdout, stderr } = await mainOf(['check', 'digits/src'], folder)
    assert.equal([code, stdout], [0, ''], stderr)
  }))

s('versions are those that it was tested with', async () => {
  const { default: own } = await import('../../package.json', { with: { type: 'json' } })
  const page = JSON.parse(await readFile('templates/page/package.json', 'utf8'))
  const known: Readonly<Record<string, string>> = { ...own.devDependencies, ...own.dependencies }
  for (const [name, wanted] of Object.entries({ ...page.dependencies, ...page.devDependencies }))
    if (name !== 'fmw') assert.is(String(wanted).replace('^', ''), known[name], name)
})

s('a folder may be there, empty; its name becomes one that npm takes', () =>
  withFiles({ 'My Page/.keep': '' }, async (folder) => {
    const refused = await mainOf(['new', 'My Page'], folder)
    assert.is(refused.code, 2)
    assert.match(refused.stderr, 'My Page is not empty: there is .keep')
    const { code } = await mainOf(['new', '_Näxt Page'], folder)
    assert.is(code, 0)
    const { name } = JSON.parse(await readFile(path.join(folder, '_Näxt Page/package.json'), 'utf8'))
    assert.is(name, 'n-xt-page')
  }))

s('the command that it prints can be copied, whatever the folder is called', () =>
  withFiles({}, async (folder) => {
    for (const name of ['A b/ü', "it's $HOME", 'grüße']) {
      const { stderr } = await mainOf(['new', name], folder)
      const [command = ''] = stderr.split(' && ')
      const { stdout } = spawnSync('sh', ['-c', `${command} && pwd -P`], { cwd: folder, encoding: 'utf8' })
      assert.is(stdout.trim(), realpathSync(path.join(folder, name)))
    }
    assert.is(shellWord('grüße/a.b', 'linux'), 'grüße/a.b')
    assert.is(shellWord('A b\\ü', 'win32'), '"A b\\ü"')
    assert.is(shellWord('a\\b', 'win32'), 'a\\b')
  }))

s('a file in the way is named', () =>
  withFiles({ page: 'text' }, async (folder) => {
    const { code, stderr } = await mainOf(['new', 'page'], folder)
    assert.is(code, 2)
    assert.match(stderr, 'page cannot be a project')
  }))

s('--json lists what was written', () =>
  withFiles({}, async (folder) => {
    const { stdout } = await mainOf(['new', '.', '--json'], folder)
    assert.equal(JSON.parse(stdout), { written: made })
  }))

s.run()
