import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { reportJson } from '../../src/compiler/report/json.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny } from './models.ts'

const s = suite('fmw check --fix')

type Report = ReturnType<typeof reportJson>

const misspelt = 'model M {\n  input image: [8, 8, 3] // a picture\n  output y = image |> rleu\n}\n'
const spelt = misspelt.replace('rleu', 'relu')
const hopeless = 'model M {\n  input image: [8, 8, 3]\n  output y = image |> frobnicate\n}\n'

s('writes the fixed file, says what was done, and succeeds where nothing is left', () =>
  withFiles({ 'a.fmw': misspelt }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['check', '--fix', 'a.fmw'], folder)
    assert.equal([code, stdout], [0, ''])
    assert.is(stderr, 'fixed a.fmw:3:23: use relu\n1 problem fixed in 1 file\n1 file checked: no problems\n')
    assert.equal(Object.keys(await contentOf(folder)), ['a.fmw'])
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), spelt)
  }))

s('reports what is left, and fails for it', () =>
  withFiles({ 'a.fmw': misspelt, 'b.fmw': hopeless }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['check', '--fix', 'a.fmw', 'b.fmw'], folder)
    assert.is(code, 1)
    assert.match(stdout, /^error\[name\/unknown\]/)
    assert.match(stderr, '1 problem fixed in 1 file\n2 files checked: 1 error, 0 warnings\n')
    assert.is(await readFile(path.join(folder, 'b.fmw'), 'utf8'), hopeless)
  }))

s('touches no file that needs no fix', () =>
  withFiles({ 'a.fmw': tiny }, async (folder) => {
    const before = await contentOf(folder)
    assert.equal(await mainOf(['check', '--fix', 'a.fmw'], folder), {
      code: 0,
      stdout: '',
      stderr: '1 file checked: no problems\n',
    })
    assert.equal(await contentOf(folder), before)
  }))

const unequal = `model M {
  input image: [8, 8, 3]
  a = image |> conv(4, 1x1)
  output y = fuse.add(a, image |> conv(8, 1x1))
}
`

s('leaves alone what only the author can choose, and --fix all applies the first of it', () =>
  withFiles({ 'all': unequal, 'a.fmw': unequal.replace('conv(4', 'cnov(4') }, async (folder) => {
    const safe = await mainOf(['check', '--fix', 'a.fmw'], folder)
    assert.is(safe.code, 1)
    assert.match(safe.stdout, 'one of these may be meant:\n     - write a |> conv(8, 1x1)\n     - write image |> conv(4, 1x1)\n')
    assert.match(safe.stderr, 'fixed a.fmw:3:16: use conv\n1 problem fixed in 1 file\n')
    assert.match(safe.stderr, '1 error, 0 warnings\n--fix all mends 1 of them by a guess: read what it did\n')
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), unequal)
    const all = await mainOf(['check', 'a.fmw', '--fix', 'all'], folder)
    assert.is(all.code, 0)
    assert.match(all.stderr, '1 problem fixed in 1 file\n')
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), unequal.replace('(a,', '(a |> conv(8, 1x1),'))
    assert.is(await readFile(path.join(folder, 'all'), 'utf8'), unequal, 'the word behind --fix is no file')
  }))

s('says without it what it would mend', () =>
  withFiles({ 'a.fmw': misspelt, 'b.fmw': unequal }, async (folder) => {
    const { stderr } = await mainOf(['check', 'a.fmw', 'b.fmw'], folder)
    assert.match(stderr, '2 errors, 0 warnings\n--fix mends 1 of them, --fix all 1 more by a guess: read what it did\n')
  }))

s('without it nothing is written', () =>
  withFiles({ 'a.fmw': misspelt }, async (folder) => {
    await mainOf(['check', 'a.fmw'], folder)
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), misspelt)
  }))

s('fixes a file that is imported, once, whoever imports it', () => {
  const block = 'block B(x: [H, W, C]) -> [H, W, C] {\n  return x |> rleu\n}\n'
  const user = 'import { B } from "./blocks.fmw"\n\nmodel M {\n  input image: [8, 8, 3]\n  output y = B(image)\n}\n'
  return withFiles({ 'a.fmw': user, 'b.fmw': user, 'blocks.fmw': block }, async (folder) => {
    const { code, stderr } = await mainOf(['check', '--fix', './a.fmw', 'b.fmw'], folder)
    assert.is(code, 0)
    assert.is(stderr, 'fixed blocks.fmw:2:15: use relu\n1 problem fixed in 1 file\n2 files checked: no problems\n')
    assert.is(await readFile(path.join(folder, 'blocks.fmw'), 'utf8'), block.replace('rleu', 'relu'))
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), user)
  })
})

s('keeps a byte order mark and the line breaks of the file', () => {
  const windows = `\uFEFF${misspelt.replaceAll('\n', '\r\n')}`
  return withFiles({ 'a.fmw': windows }, async (folder) => {
    await mainOf(['check', '--fix', 'a.fmw'], folder)
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), windows.replace('rleu', 'relu'))
  })
})

s('fixes a file that was named in several ways once', () =>
  withFiles({ 'a.fmw': misspelt }, async (folder) => {
    await symlink('a.fmw', path.join(folder, 'link.fmw'))
    const { code, stderr } = await mainOf(['check', '--fix', 'a.fmw', 'link.fmw', './a.fmw', path.join(folder, 'a.fmw')], folder)
    assert.equal([code, stderr], [0, 'fixed a.fmw:3:23: use relu\n1 problem fixed in 1 file\n1 file checked: no problems\n'])
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), spelt)
  }))

s('fixes a file that is linked from another folder once', () =>
  withFiles({ 'one/a.fmw': misspelt, 'two/b.fmw': tiny }, async (folder) => {
    await symlink('../one/a.fmw', path.join(folder, 'two/a.fmw'))
    const { code, stderr } = await mainOf(['check', '--fix', 'one', 'two'], folder)
    assert.equal([code, stderr], [0, 'fixed one/a.fmw:3:23: use relu\n1 problem fixed in 1 file\n3 files checked: no problems\n'])
    assert.is(await readFile(path.join(folder, 'one/a.fmw'), 'utf8'), spelt)
  }))

s('with --format json lists what was fixed beside what is left', () =>
  withFiles({ 'a.fmw': misspelt, 'b.fmw': hopeless }, async (folder) => {
    const { code, stdout } = await mainOf(['check', '--fix', '--format', 'json', 'a.fmw', 'b.fmw'], folder)
    const report = JSON.parse(stdout) as Report
    assert.equal([code, report.errors, report.diagnostics.map(({ file }) => file)], [1, 1, ['b.fmw']])
    const range = { start: { line: 3, column: 23 }, end: { line: 3, column: 27 } }
    assert.equal(report.fixed, [
      { code: 'name/unknown', message: 'there is no name rleu', file: 'a.fmw', range, title: 'use relu', safety: 'safe' },
    ])
    const without = JSON.parse((await mainOf(['check', '--format', 'json', 'b.fmw'], folder)).stdout) as Report
    assert.not.ok('fixed' in without)
  }))

s('of standard input prints the fixed text, and the report on stderr', async () => {
  const { code, stdout, stderr } = await fmw(['check', '--fix', '-'], { stdin: misspelt })
  assert.equal([code, stdout], [0, spelt])
  assert.match(stderr, 'fixed <stdin>:3:23: use relu\n')
  const left = await fmw(['check', '--fix', '-'], { stdin: hopeless })
  assert.equal([left.code, left.stdout], [1, hopeless])
  assert.match(left.stderr, /^error\[name\/unknown\]/)
})

s('of standard input prints no other format: the text is the result', async () => {
  const { code, stdout, stderr } = await fmw(['check', '--fix', '--format', 'json', '-'], { stdin: misspelt })
  assert.equal([code, stdout], [2, ''])
  assert.match(stderr, '--fix prints the text of standard input, and --format json the report: choose one')
})

s('changes the files that were named, and not others', () =>
  withFiles({ 'a.fmw': misspelt, 'b.fmw': misspelt }, async (folder) => {
    await mainOf(['check', '--fix', 'b.fmw'], folder)
    assert.is(await readFile(path.join(folder, 'a.fmw'), 'utf8'), misspelt)
    assert.is(await readFile(path.join(folder, 'b.fmw'), 'utf8'), spelt)
  }))

s.run()
