import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, wrong } from './models.ts'

const s = suite('fmw init')

s('writes the weights of a model under their paths, says so on stderr, and nothing on stdout', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['init', 'tiny.fmw', '-o', 'w.safetensors'], { cwd: folder })
    assert.equal([code, stdout], [0, ''])
    assert.is(stderr, 'wrote w.safetensors: 2 weights of Tiny, 112 numbers, seed 0\n')
    const weights = readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w.safetensors')
    const shapes = [...weights].map(([name, { shape }]) => [name, shape])
    assert.equal(shapes, [['x/conv/bias', [4]], ['x/conv/kernel', [3, 3, 3, 4]]])
    assert.ok(weights.get('x/conv/bias')!.values.every((value) => value === 0))
    assert.ok(new Set(weights.get('x/conv/kernel')!.values).size > 100)
    assert.equal(Object.keys(await contentOf(folder)), ['tiny.fmw', 'w.safetensors'])
  }))

s('the same seed gives the same bytes in any process, another seed others', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const bytes = async (name: string, ...args: readonly string[]): Promise<string> => {
      assert.is((await fmw(['init', 'tiny.fmw', '-o', name, ...args], { cwd: folder })).code, 0)
      return (await readFile(path.join(folder, name))).toString('base64')
    }
    const [first, again, none, zero, other] = await Promise.all([
      bytes('a', '--seed', '7'),
      bytes('b', '--seed', '7'),
      bytes('c'),
      bytes('d', '--seed', '0'),
      bytes('e', '--seed', '8'),
    ])
    assert.is(first, again)
    assert.is(none, zero)
    assert.is.not(first, other)
    assert.is.not(first, none)
  }))

s('--set changes the shapes, --quiet says nothing', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const ran = await mainOf(['init', 'tiny.fmw', '--output', 'w', '--set', 'classes=6', '--quiet'], folder)
    assert.equal(ran, { code: 0, stdout: '', stderr: '' })
    const weights = readSafetensors(await readFile(path.join(folder, 'w')), 'w')
    assert.equal(weights.get('x/conv/bias')!.shape, [6])
  }))

s('a model with mistakes writes nothing and leaves an older file as it is', () =>
  withFiles({ 'wrong.fmw': wrong, w: 'older' }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stderr } = await mainOf(['init', 'wrong.fmw', '-o', 'w'], folder)
    assert.is(code, 1)
    assert.match(stderr, 'error[shape/channel-mismatch]')
    assert.equal(await contentOf(folder), before)
  }))

s('a place that cannot be written to is said to be one', () =>
  withFiles({ 'tiny.fmw': tiny, 'folder/file': '' }, async (folder) => {
    const before = await contentOf(folder)
    const said = async (output: string): Promise<unknown> => {
      const { code, stderr } = await mainOf(['init', 'tiny.fmw', '-o', output], folder)
      return [code, stderr.split('\n')[0]]
    }
    assert.equal(await said('none/w'), [
      2,
      'error[output/unwritable]: none/w: the file cannot be written: the folder none does not exist',
    ])
    assert.equal(await said('folder'), [2, 'error[output/unwritable]: folder: the file cannot be written: it is a folder'])
    assert.equal(await contentOf(folder), before)
  }))

s.run()
