import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('fmw fmt')

const untidy = 'model Net{input x:[8,8,1]\noutput y=x|>relu}\n'
const tidy = 'model Net {\n  input x: [8, 8, 1]\n  output y = x |> relu\n}\n'

s('lays out the files that need it, and names them', () =>
  withFiles({ 'a/one.fmw': untidy, 'two.fmw': tidy }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['fmt', '.'], folder)
    assert.is(code, 0)
    assert.is(stdout, 'a/one.fmw\n')
    assert.is(stderr, '1 file laid out, 1 file unchanged\n')
    assert.is(readFileSync(path.join(folder, 'a/one.fmw'), 'utf8'), tidy)
    assert.is((await mainOf(['fmt', '.'], folder)).stdout, '')
  }))

s('--check writes nothing, and exits with 1 where something would change', () =>
  withFiles({ 'one.fmw': untidy, 'two.fmw': tidy }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stdout, stderr } = await mainOf(['fmt', '--check', '.'], folder)
    assert.is(code, 1)
    assert.is(stdout, 'one.fmw\n')
    assert.is(stderr, '1 file not laid out, 1 file unchanged\n')
    assert.equal(await contentOf(folder), before)
    assert.is((await mainOf(['fmt', '--check', 'two.fmw'], folder)).code, 0)
  }))

s('leaves a file with mistakes of syntax alone, says what is wrong, and lays out the others', () =>
  withFiles({ 'broken.fmw': 'model M { y = f(1 }\n', 'one.fmw': untidy }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['fmt', '.'], folder)
    assert.is(code, 1)
    assert.is(stdout, 'one.fmw\n')
    assert.match(stderr, 'error[syntax/')
    assert.match(stderr, 'broken.fmw:1:')
    assert.match(stderr, '1 file laid out, 1 file left alone\n')
    assert.is(readFileSync(path.join(folder, 'broken.fmw'), 'utf8'), 'model M { y = f(1 }\n')
  }))

s('keeps the line ends and the byte order mark of a file', () =>
  withFiles({ 'one.fmw': `\uFEFF${untidy.replaceAll('\n', '\r\n')}` }, async (folder) => {
    await mainOf(['fmt', 'one.fmw'], folder)
    assert.is(readFileSync(path.join(folder, 'one.fmw'), 'utf8'), `\uFEFF${tidy.replaceAll('\n', '\r\n')}`)
    assert.is((await mainOf(['fmt', '--check', 'one.fmw'], folder)).code, 0)
  }))

s('prints the text of standard input', async () => {
  const { code, stdout } = await fmw(['fmt', '-'], { stdin: untidy })
  assert.equal([code, stdout], [0, tidy])
  const broken = await fmw(['fmt', '-'], { stdin: 'model {' })
  assert.equal([broken.code, broken.stdout], [1, 'model {'])
  assert.match(broken.stderr, 'error[syntax/')
  const checked = await fmw(['fmt', '--check', '-'], { stdin: untidy })
  assert.equal([checked.code, checked.stdout], [1, '<stdin>\n'])
})

s('writes no file that is named in two ways', () =>
  withFiles({ 'one.fmw': untidy }, async (folder) => {
    const file = path.join(folder, 'one.fmw')
    const { code, stderr } = await mainOf(['fmt', 'one.fmw', file], folder)
    assert.is(code, 2)
    assert.match(stderr, 'are one file')
    assert.is(readFileSync(file, 'utf8'), untidy)
    const missing = await mainOf(['fmt', 'nothing.fmw'], folder)
    assert.equal([missing.code, missing.stderr], [2, 'fmw: there is no file nothing.fmw\n'])
    writeFileSync(path.join(folder, 'latin.fmw'), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]))
    assert.is((await mainOf(['fmt', 'latin.fmw'], folder)).code, 2)
  }))

s.run()
