import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { reportJson } from '../../src/compiler/report/json.ts'
import type { reportSarif } from '../../src/compiler/report/sarif.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { mismatched, tiny, twoModels, unchecked, wrong } from './models.ts'

const s = suite('fmw check')

type Report = ReturnType<typeof reportJson>

s('says how many files are without problems, on stderr, with nothing on stdout', () =>
  withFiles({ 'a.fmw': tiny, 'b.fmw': twoModels }, async (folder) => {
    assert.equal(await mainOf(['check', 'a.fmw'], folder), { code: 0, stdout: '', stderr: '1 file checked: no problems\n' })
    assert.equal(await mainOf(['check', 'a.fmw', 'b.fmw'], folder), {
      code: 0,
      stdout: '',
      stderr: '2 files checked: no problems\n',
    })
  }))

s('prints every mistake of a file with its place on stdout, the count on stderr, and fails', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['check', 'wrong.fmw'], { cwd: folder })
    assert.is(code, 1)
    assert.is(
      stdout,
      `error[shape/channel-mismatch]: + needs equal channels: 4 against 5
   ┌─ wrong.fmw:5:14
 3 │   a = image |> conv(4, 3)
   │                     - 4 channels decided here
 4 │   b = image |> conv(5, 3)
   │                     - 5 channels decided here
 5 │   output y = a + b
   │              ^^^^^ [6, 6, 4] and [6, 6, 5]
   = a 1x1 convolution brings a map to other channels; fuse.concat keeps both maps
   = may be meant: write a |> conv(5, 1x1)
   = fmw explain shape/channel-mismatch

error[name/unknown]: there is no name rleu
   ┌─ wrong.fmw:6:23
 6 │   output z = image |> rleu
   │                       ^^^^
   = did you mean relu?
   = fmw explain name/unknown

`,
    )
    assert.is(stderr, '1 file checked: 2 errors, 0 warnings\n--fix mends 1 of them, --fix all 1 more by a guess: read what it did\n')
  }))

s('draws with ASCII where the locale has no UTF-8', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { stdout } = await fmw(['check', 'wrong.fmw'], { cwd: folder, env: { LC_ALL: 'C' } })
    assert.match(stdout, '   --> wrong.fmw:5:14\n 3 |   a = image |> conv(4, 3)')
    assert.ok([...stdout].every((char) => char < '\x7f'))
  }))

s('--format json is the report that scripts depend on', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { code, stdout } = await mainOf(['check', 'wrong.fmw', '--format', 'json'], folder)
    assert.is(code, 1)
    const { diagnostics, errors, warnings } = JSON.parse(stdout) as Report
    assert.equal([errors, warnings], [2, 0])
    const [mismatch, unknown] = diagnostics
    assert.is(mismatch!.code, 'shape/channel-mismatch')
    assert.is(mismatch!.severity, 'error')
    assert.is(mismatch!.message, '+ needs equal channels: 4 against 5')
    assert.is(mismatch!.file, 'wrong.fmw')
    assert.equal(mismatch!.range, { start: { line: 5, column: 14 }, end: { line: 5, column: 19 } })
    const decided = mismatch!.labels.find(({ text }) => text === '4 channels decided here')
    assert.equal(decided?.range, { start: { line: 3, column: 21 }, end: { line: 3, column: 22 } })
    const inserted = (column: number, text: string) => ({
      file: 'wrong.fmw',
      range: { start: { line: 5, column }, end: { line: 5, column } },
      text,
    })
    assert.equal(mismatch!.fixes, [
      { title: 'write a |> conv(5, 1x1)', safety: 'unsafe', edits: [inserted(14, '('), inserted(15, ' |> conv(5, 1x1))')] },
    ])
    assert.equal(unknown!.notes, ['did you mean relu?'])
    const place = { start: { line: 6, column: 23 }, end: { line: 6, column: 27 } }
    assert.equal(unknown!.fixes, [{ title: 'use relu', safety: 'safe', edits: [{ file: 'wrong.fmw', range: place, text: 'relu' }] }])
  }))

s('--format json of files without problems is an empty report, and the only thing on stdout', () =>
  withFiles({ 'a.fmw': tiny }, async (folder) => {
    const { code, stdout } = await mainOf(['check', 'a.fmw', '--format', 'json'], folder)
    assert.is(code, 0)
    assert.equal(JSON.parse(stdout), { diagnostics: [], errors: 0, warnings: 0 })
  }))

s('--format sarif, github and line print the same mistakes, and nothing else on stdout', () =>
  withFiles({ 'deep/wrong.fmw': wrong, 'a.fmw': tiny }, async (folder) => {
    const printed = async (format: string, file: string): Promise<string> => {
      const { code, stdout } = await mainOf(['check', file, '--format', format], folder)
      assert.is(code, file === 'a.fmw' ? 0 : 1)
      return stdout
    }
    const log = JSON.parse(await printed('sarif', 'deep/wrong.fmw')) as ReturnType<typeof reportSarif>
    const [first] = log.runs[0]!.results
    assert.equal(
      [first!.ruleId, first!.locations[0]!.physicalLocation.artifactLocation],
      ['shape/channel-mismatch', { uri: 'deep/wrong.fmw', uriBaseId: '%SRCROOT%' }],
    )
    assert.match(
      await printed('line', 'deep/wrong.fmw'),
      /^deep\/wrong\.fmw:5:14: error\[shape\/channel-mismatch\]: .+\n.+: there is no name rleu\n$/,
    )
    assert.match(await printed('github', 'deep/wrong.fmw'), /^::error file=deep\/wrong\.fmw,line=5,.+\n::error .+\n$/)
    assert.equal([await printed('line', 'a.fmw'), await printed('github', 'a.fmw')], ['', ''])
    assert.equal((JSON.parse(await printed('sarif', 'a.fmw')) as typeof log).runs[0]!.results, [])
  }))

s('warnings are shown and allowed, until there are more than --max-warnings', () =>
  withFiles({ 'a.fmw': unchecked }, async (folder) => {
    const shown = await mainOf(['check', 'a.fmw'], folder)
    assert.is(shown.code, 0)
    assert.match(shown.stdout, 'warning[model/unchecked]')
    assert.match(shown.stderr, '0 errors, 1 warning\n')
    assert.is((await mainOf(['check', 'a.fmw', '--max-warnings', '1'], folder)).code, 0)
    const refused = await mainOf(['check', 'a.fmw', '--max-warnings', '0', '--quiet'], folder)
    assert.is(refused.code, 1)
    assert.match(refused.stderr, 'more warnings than the 0 allowed')
    const { warnings, diagnostics } = JSON.parse((await mainOf(['check', 'a.fmw', '--format', 'json'], folder)).stdout) as Report
    assert.equal([warnings, diagnostics[0]?.severity], [1, 'warning'])
  }))

s('--quiet leaves the mistakes and takes away the count', () =>
  withFiles({ 'a.fmw': tiny, 'wrong.fmw': wrong }, async (folder) => {
    assert.equal(await mainOf(['check', 'a.fmw', '--quiet'], folder), { code: 0, stdout: '', stderr: '' })
    const { code, stdout, stderr } = await mainOf(['check', 'wrong.fmw', '--quiet'], folder)
    assert.is(code, 1)
    assert.match(stdout, 'error[name/unknown]')
    assert.is(stderr, '')
  }))

s('- is standard input, named <stdin>', () =>
  withFiles({ 'part.fmw': 'block Twice(x: tensor) -> like x { return x * 2 }\n' }, async (folder) => {
    const text = 'import { Twice } from "./part.fmw"\nmodel M {\n  input x: [4]\n  output y = Twice(z)\n}\n'
    const { code, stdout } = await fmw(['check', '-'], { cwd: folder, stdin: text })
    assert.is(code, 1)
    assert.match(stdout, 'error[name/unknown]: there is no name z')
    assert.match(stdout, '<stdin>:4:20')
    assert.is((await fmw(['check', '-'], { cwd: folder, stdin: text.replace('(z)', '(x)') })).code, 0)
  }))

const several = {
  'a.fmw': tiny,
  'deep/er/b.fmw': wrong,
  'deep/c.fmw': unchecked,
  'deep/d.txt': 'no model',
  'node_modules/e.fmw': wrong,
}

s('globs are expanded by fmw itself, files are taken once and in order', () =>
  withFiles(several, async (folder) => {
    const filesOf = async (...args: readonly string[]): Promise<unknown> => {
      const { diagnostics } = JSON.parse((await mainOf(['check', '--format', 'json', ...args], folder)).stdout) as Report
      return [...new Set(diagnostics.map(({ file }) => file))]
    }
    assert.equal(await filesOf('*.fmw'), [])
    assert.equal(await filesOf('**/*.fmw'), ['deep/c.fmw', 'deep/er/b.fmw'])
    assert.equal(await filesOf('deep/{c,er/b}.fmw', 'deep/c.fmw'), ['deep/c.fmw', 'deep/er/b.fmw'])
    assert.match((await mainOf(['check', '**/*.fmw', 'a.fmw'], folder)).stderr, '3 files checked: 2 errors, 1 warning')
  }))

s('a folder stands for every .fmw file below it, whatever its name', () =>
  withFiles({ ...several, 'odd [1] {x}/f.fmw': wrong }, async (folder) => {
    assert.match((await mainOf(['check', 'deep'], folder)).stderr, '2 files checked: 2 errors, 1 warning')
    assert.match((await mainOf(['check', '.'], folder)).stderr, '4 files checked: 4 errors, 1 warning')
    assert.match((await mainOf(['check', 'odd [1] {x}'], folder)).stdout, 'odd [1] {x}/f.fmw:5:14')
  }))

s('a name, folder or glob that stands for nothing is wrong usage', () =>
  withFiles({ 'a.fmw': tiny, 'empty/readme.txt': '' }, async (folder) => {
    const said = async (name: string): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await mainOf(['check', 'a.fmw', name], folder)
      return [code, stderr]
    }
    assert.equal(await said('b.fmw'), [2, 'fmw: there is no file b.fmw\n'])
    assert.equal(await said('b*.fmw'), [2, 'fmw: b*.fmw matches no file\n'])
    assert.equal(await said('empty'), [2, 'fmw: empty holds no .fmw file\n'])
    assert.equal(await said('a.fmw/b.fmw'), [2, 'fmw: cannot read a.fmw/b.fmw: a part of its path is a file, not a folder\n'])
  }))

s('a mistake in a file that two others import is reported once', () => {
  const user = (name: string): string =>
    `import { Part } from "./part.fmw"\nmodel ${name} {\n  input x: [4]\n  output y = Part(x)\n}\n`
  const files = { 'a.fmw': user('A'), 'b.fmw': user('B'), 'part.fmw': 'block Part(x: tensor) -> like x { return x * y }\n' }
  return withFiles(files, async (folder) => {
    const { stdout } = await mainOf(['check', '--format', 'json', 'a.fmw', 'b.fmw', 'part.fmw'], folder)
    const { diagnostics } = JSON.parse(stdout) as Report
    assert.equal(diagnostics.map(({ code, file }) => [code, file]), [['name/unknown', 'part.fmw']])
  })
})

for (const format of ['pretty', 'json', 'sarif', 'github', 'line']) {
  s(`--format ${format} reports a mistake once, however often and by whatever paths its file is reached`, () => {
    const user = 'import { Part } from "./part.fmw"\nmodel M {\n  input x: [4]\n  output y = Part(x)\n}\n'
    const files = {
      'a.fmw': user,
      'b.fmw': user.replace('part', 'link'),
      'part.fmw': 'block Part(x: tensor) -> like x { return x * y }\n',
      'deep/c.fmw': user,
    }
    return withFiles(files, async (folder) => {
      await symlink('part.fmw', path.join(folder, 'link.fmw'))
      await symlink('../part.fmw', path.join(folder, 'deep/part.fmw'))
      await symlink('.', path.join(folder, 'here'))
      const names = ['a.fmw', './part.fmw', path.join(folder, 'part.fmw'), 'here/part.fmw', 'b.fmw', './a.fmw', 'deep/c.fmw']
      const { stdout, stderr } = await mainOf(['check', '--format', format, ...names], folder)
      // a rule of SARIF names nothing, a page of a code mentions neither name
      assert.is(stdout.split('there is no name y').length - 1, 1, stdout)
      assert.is(stderr, '4 files checked: 1 error, 0 warnings\n')
    })
  })
}

s('what a file imports is found from the folder of the path that it is reached by', () => {
  const part = 'import { N } from "./size.fmw"\nblock Part(x: tensor) -> tensor { return dense(x, N) }\n'
  const user = 'import { Part } from "./part.fmw"\nmodel M {\n  input x: [4]\n  output y: [2] = Part(x)\n}\n'
  const files = { 'one/part.fmw': part, 'one/size.fmw': 'const N = 1\n', 'two/size.fmw': 'const N = 2\n', 'two/a.fmw': user }
  return withFiles(files, async (folder) => {
    await symlink('../one/part.fmw', path.join(folder, 'two/part.fmw'))
    assert.equal(await mainOf(['check', 'one/part.fmw', 'two/a.fmw'], folder), {
      code: 0,
      stdout: '',
      stderr: '2 files checked: no problems\n',
    })
  })
})

s('--set gives a model parameter any expression', () =>
  withFiles({ 'a.fmw': unchecked }, async (folder) => {
    assert.is((await mainOf(['check', 'a.fmw', '--set', 'width=2 * 8'], folder)).stdout, '')
    const { code, stdout } = await mainOf(['check', 'a.fmw', '--set', 'width="wide"'], folder)
    assert.is(code, 1)
    assert.match(stdout, '--set width:1:1')
  }))

s('--model checks one model of a file, and must be one of every file', () =>
  withFiles({ 'a.fmw': `${twoModels}${mismatched}` }, async (folder) => {
    assert.is((await mainOf(['check', 'a.fmw'], folder)).code, 1)
    assert.is((await mainOf(['check', 'a.fmw', '--model', 'Second'], folder)).code, 0)
    const { code, stderr } = await mainOf(['check', 'a.fmw', '--model', 'Secnd'], folder)
    assert.equal([code, stderr], [2, 'fmw: a.fmw: there is no model Secnd; did you mean Second?\n'])
  }))

s('a parameter that no model has is wrong usage, with the one that was meant', () =>
  withFiles({ 'a.fmw': tiny }, async (folder) => {
    const { code, stderr } = await mainOf(['check', 'a.fmw', '--set', 'clases=3'], folder)
    assert.equal([code, stderr], [2, 'fmw: a.fmw: no model has a parameter clases; did you mean classes?\n'])
  }))

s('writes nothing', () =>
  withFiles(several, async (folder) => {
    const before = await contentOf(folder)
    await mainOf(['check', '.'], folder)
    assert.equal(await contentOf(folder), before)
  }))

s.run()
