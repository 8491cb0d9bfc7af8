import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readGraphJson } from '../../src/compiler/ir/read-json.ts'
import { readNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { withBackend } from '../backends.ts'
import { importModel, treeOf, typeErrors } from '../codegen/emitted.ts'
import { build, fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, twice, twoModels, wrong } from './models.ts'

const s = suite('fmw build')

/** What all modules import. */
const common = ['fmw-runtime.ts', 'fmw-training.ts']

/** What modules in JavaScript import, with its types. */
const commonJs = ['fmw-runtime.js', 'fmw-runtime.d.ts', 'fmw-training.js', 'fmw-training.d.ts']

// it compiles them
s.before(build)

const text = (folder: string, file: string): Promise<string> => readFile(path.join(folder, file), 'utf8')

s('writes a typed module for a model, into a folder that it makes, and prints its path', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['build', 'tiny.fmw', '--out', 'src/models'], { cwd: folder })
    assert.equal([code, stderr], [0, ''])
    const files = ['tiny.ts', ...common].map((file) => `src/models/${file}`)
    assert.equal(stdout.trim().split('\n'), files)
    assert.equal(Object.keys(await contentOf(folder)).sort(), [...files, 'tiny.fmw'].sort())
    const module = await text(folder, 'src/models/tiny.ts')
    assert.match(module, 'from tiny.fmw')
    assert.match(module, 'export function tiny(')
    assert.equal(typeErrors([module]), [])
  }))

s('the module computes exactly what fmw run computes, on the same weights and input', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    await mainOf(['init', 'tiny.fmw', '-o', 'w.safetensors', '--seed', '3'], folder)
    await mainOf(['build', 'tiny.fmw', '--out', '.'], folder)
    const input = 'input x: [8, 8, 3]\n  output same = x + 0\n'
    await writeFile(path.join(folder, 'input.fmw'), `model Input {\n  ${input}}\n`)
    await mainOf(['run', 'input.fmw', '--input', 'x=random', '--output', 'same=x.npy', '--backend', 'wasm'], folder)
    await mainOf(
      ['run', 'tiny.fmw', '--input', 'image=x.npy', '--weights', 'w.safetensors', '--output', 'maps=y.npy', '--backend', 'wasm'],
      folder,
    )
    const { apply } = await importModel(await text(folder, 'tiny.ts'), 'Tiny')
    const data = (file: string): Promise<Uint8Array> => readFile(path.join(folder, file))
    const x = readNpy(await data('x.npy'), 'x.npy')
    const weights = readSafetensors(await data('w.safetensors'), 'w')
    const computed = await withBackend('wasm', (tf) => {
      const tensor = ({ values, shape }: typeof x) => tf.tensor(values, [...shape])
      const tensors = new Map([...weights].map(([name, value]) => [name, tensor(value)]))
      const maps = apply(treeOf(tensors), { image: tensor(x) })['maps']!
      return { shape: maps.shape, values: Float32Array.from(maps.dataSync()) }
    })
    assert.equal(computed, readNpy(await data('y.npy'), 'y.npy'))
  }))

s('--target ir writes the graph as JSON that the compiler reads back', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout } = await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', 'ir'], folder)
    assert.equal([code, stdout], [0, 'out/tiny.ir.json\n'])
    const read = readGraphJson(JSON.parse(await text(folder, 'out/tiny.ir.json')))
    assert.ok('graph' in read)
    assert.equal(read.graph.outputs.map(({ name }) => name), ['maps'])
  }))

s('--kernels writes what registers the kernels that a model needs beside it', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const build = ['build', 'tiny.fmw', '--out', 'out', '--kernels', 'wasm']
    const { code, stdout } = await mainOf([...build, '--json'], folder)
    assert.is(code, 0)
    const { written } = JSON.parse(stdout) as { readonly written: readonly { readonly path: string; readonly model?: string }[] }
    assert.equal(written.slice(0, 2), [
      { path: 'out/tiny.ts', model: 'Tiny' },
      { path: 'out/tiny.kernels.ts', model: 'Tiny' },
    ])
    const kernels = await text(folder, 'out/tiny.kernels.ts')
    assert.match(kernels, "import '@tensorflow/tfjs-backend-wasm/dist/base.js'")
    assert.match(kernels, "import { conv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Conv2D.js'")
    assert.is((await mainOf([...build, '--check'], folder)).code, 0)
    await writeFile(path.join(folder, 'out/tiny.kernels.ts'), '')
    const stale = await mainOf([...build, '--check'], folder)
    assert.is(stale.code, 1)
    assert.match(stale.stderr, 'out/tiny.kernels.ts is not what Tiny gives now')
  }))

s('--kernels is refused where nothing calls any', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stderr } = await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', 'ir', '--kernels', 'cpu'], folder)
    assert.is(code, 2)
    assert.match(stderr, /--kernels has no meaning for the target ir, which calls none/)
    assert.equal(Object.keys(await contentOf(folder)), ['tiny.fmw'])
  }))

s('--json lists what was written', () =>
  withFiles({ 'tiny.fmw': tiny, 'two.fmw': twoModels }, async (folder) => {
    const { code, stdout } = await mainOf(['build', '*.fmw', '--out', 'out', '--json'], folder)
    assert.is(code, 0)
    assert.equal(JSON.parse(stdout), {
      written: [
        { path: 'out/tiny.ts', model: 'Tiny' },
        { path: 'out/two.ts', models: ['First', 'Second'] },
        ...common.map((file) => ({ path: `out/${file}` })),
      ],
    })
    assert.equal(Object.keys(await contentOf(path.join(folder, 'out'))).sort(), [...common, 'tiny.ts', 'two.ts'])
  }))

s('standard input is written under the name of its model', () =>
  withFiles({}, async (folder) => {
    const { stdout } = await fmw(['build', '-', '--out', '.'], { cwd: folder, stdin: twice })
    assert.equal(stdout.trim().split('\n'), ['Twice.ts', ...common])
    assert.equal(Object.keys(await contentOf(folder)).sort(), ['Twice.ts', ...common].sort())
  }))

s('--set and --model choose what is built', () =>
  withFiles({ 'tiny.fmw': tiny, 'two.fmw': twoModels }, async (folder) => {
    await mainOf(['build', 'tiny.fmw', '--out', '.', '--set', 'classes=7'], folder)
    assert.match(await text(folder, 'tiny.ts'), 'param([3, 3, 3, 7]')
    const { stdout } = await mainOf(['build', 'two.fmw', '--out', '.', '--model', 'Second'], folder)
    assert.equal(stdout.trim().split('\n'), ['two.ts', ...common])
    assert.not.match(await text(folder, 'two.ts'), 'First')
  }))

s('--target js writes a module in JavaScript with its types, and lists both', () =>
  withFiles({ 'tiny.fmw': tiny, 'two.fmw': twoModels }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['build', '.', '--out', 'out', '--target', 'js', '--json'], folder)
    assert.equal([code, stderr], [0, ''])
    const tinyOnes = ['tiny.js', 'tiny.d.ts'].map((file) => ({ path: `out/${file}`, model: 'Tiny' }))
    const twoOnes = ['two.js', 'two.d.ts'].map((file) => ({ path: `out/${file}`, models: ['First', 'Second'] }))
    assert.equal(JSON.parse(stdout), { written: [...tinyOnes, ...twoOnes, ...commonJs.map((file) => ({ path: `out/${file}` }))] })
    const files = ['tiny.js', 'tiny.d.ts', 'two.js', 'two.d.ts', ...commonJs]
    assert.equal(Object.keys(await contentOf(path.join(folder, 'out'))), files.sort())
  }))

s('--check of --target js names the types that are stale', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', 'js'], folder)
    await writeFile(path.join(folder, 'out/tiny.d.ts'), 'export {}\n')
    const { code, stderr } = await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', 'js', '--check'], folder)
    assert.equal([code, stderr], [1, 'out/tiny.d.ts is not what Tiny gives now: build again\n'])
  }))

for (const [target, files] of Object.entries({ ts: ['tiny.ts', ...common], js: ['tiny.js', 'tiny.d.ts', ...commonJs], types: ['tiny.d.fmw.ts'] })) {
  s(`--import says what the files of --target ${target} import as TensorFlow.js`, () =>
    withFiles({ 'tiny.fmw': tiny }, async (folder) => {
      for (const specifier of ['@tensorflow/tfjs', '../lib/tf.ts', 'https://esm.sh/@tensorflow/tfjs-core@4.22.0']) {
        const { code, stdout } = await mainOf(['build', 'tiny.fmw', '--out', '.', '--target', target, '--import', specifier], folder)
        assert.equal([code, stdout.trim().split('\n')], [0, files])
        for (const file of files) {
          const written = await text(folder, file)
          assert.not.match(written, "'@tensorflow/tfjs-core'", file)
          assert.is(written.includes(`* as tf from '${specifier}'\n`), file !== 'fmw-training.d.ts', file)
        }
      }
    }))
}

/** How each file names others of its folder where it imports them. */
const extensions = { 'ts ts': '.ts', 'ts js': '.js', 'ts none': '', 'js js': '.js', 'js none': '' }

for (const [asked, ending] of Object.entries(extensions)) {
  const [target, extension] = asked.split(' ') as [string, string]
  s(`--import-extension ${extension} with --target ${target} imports files beside as './fmw-runtime${ending}'`, () =>
    withFiles({ 'tiny.fmw': tiny }, async (folder) => {
      await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', target, '--import-extension', extension], folder)
      const files = await contentOf(path.join(folder, 'out'))
      const texts = Object.values(files).map((bytes) => Buffer.from(bytes, 'base64').toString())
      const named = texts.flatMap((one) => [...one.matchAll(/'(\.\/fmw-[\w.-]+)'/g)].map(([, name]) => name!))
      assert.equal([...new Set(named)].sort(), [`./fmw-runtime${ending}`, `./fmw-training${ending}`])
      if (extension === target) {
        await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', target], folder)
        assert.equal(await contentOf(path.join(folder, 'out')), files, 'it is the usual one')
      }
    }))
}

s('what has no meaning for a target is wrong usage, all at once, and nothing is written', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const said = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await mainOf(['build', 'tiny.fmw', '--out', 'out', ...args], folder)
      assert.equal([code, stdout], [2, ''])
      return stderr
    }
    assert.is(
      await said('--target', 'ir', '--import', 'a b', '--import-extension', 'js', '--no-format'),
      `fmw: --no-format has no meaning for the target ir
--import has no meaning for the target ir, which imports nothing
--import "a b" is no module specifier: one is not empty, and has no blanks, quotes or backslashes
--import-extension js has no meaning for the target ir: it imports no files beside
`,
    )
    assert.match(await said('--target', 'js', '--import-extension', 'ts'), '--import-extension ts has no meaning for the target js: it has js or none')
    assert.match(await said('--target', 'types', '--import-extension', 'js'), 'it imports no files beside')
    for (const specifier of ['', "'; alert(1); '", 'a\\u0027b', '`a`', 'a\nb', 'a\u2028b']) {
      assert.match(await said('--import', specifier), `--import ${JSON.stringify(specifier)} is no module specifier`)
    }
    assert.equal(Object.keys(await contentOf(folder)), ['tiny.fmw'])
  }))

for (const target of ['ts', 'js', 'ir']) {
  s(`--check of --target ${target} passes while the file is fresh, fails once it is stale or missing, and writes nothing`, () =>
    withFiles({ 'tiny.fmw': tiny }, async (folder) => {
      const checked = async (): Promise<number | null> => {
        const before = await contentOf(folder)
        const { code, stdout } = await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', target, '--check'], folder)
        assert.is(stdout, '')
        assert.equal(await contentOf(folder), before)
        return code
      }
      assert.is(await checked(), 1, 'missing')
      await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', target], folder)
      assert.is(await checked(), 0, 'fresh')
      await writeFile(path.join(folder, 'tiny.fmw'), tiny.replace('3x3', '5x5'))
      assert.is(await checked(), 1, 'stale')
      await mainOf(['build', 'tiny.fmw', '--out', 'out', '--target', target], folder)
      assert.is(await checked(), 0, 'fresh again')
    }))
}

s('--check names every stale file', () =>
  withFiles({ 'two.fmw': twoModels }, async (folder) => {
    const { stderr } = await mainOf(['build', 'two.fmw', '--out', 'out', '--check'], folder)
    assert.match(stderr, /out\/two\.ts is not what First and Second gives? now: build again\nout\/fmw-runtime\.ts .*build again\n/)
  }))

s('building again changes no byte', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    await mainOf(['build', 'tiny.fmw', '--out', 'out'], folder)
    const before = await contentOf(folder)
    await mainOf(['build', 'tiny.fmw', '--out', 'out'], folder)
    assert.equal(await contentOf(folder), before)
  }))

s('nothing is written, not even a folder, when one of several files has a mistake', () =>
  withFiles({ 'tiny.fmw': tiny, 'wrong.fmw': wrong, 'out/tiny.ts': 'older' }, async (folder) => {
    const before = await contentOf(folder)
    for (const out of ['out', 'new']) {
      const { code, stdout, stderr } = await mainOf(['build', 'tiny.fmw', 'wrong.fmw', '--out', out], folder)
      assert.equal([code, stdout], [1, ''])
      assert.match(stderr, 'error[shape/channel-mismatch]')
    }
    assert.equal(await contentOf(folder), before)
  }))

s('nothing is written when one of several files cannot be', () =>
  withFiles({ 'a.fmw': tiny, 'b.fmw': twice, 'out/b.ts/in-the-way': '' }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stdout, stderr } = await mainOf(['build', 'a.fmw', 'b.fmw', '--out', 'out'], folder)
    assert.equal([code, stdout], [2, ''])
    assert.match(stderr, 'error[output/unwritable]: out/b.ts: the file cannot be written: it is a folder')
    assert.equal(await contentOf(folder), before)
  }))

s('wrong usage: two models of one name, no model at all, a file in the place of the folder', () =>
  withFiles({ 'a/m.fmw': tiny, 'b/m.fmw': twice, 'fmw-runtime.fmw': tiny, 'const.fmw': 'const A = 1\n', file: '' }, async (folder) => {
    const before = await contentOf(folder)
    const said = async (...args: readonly string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await mainOf(['build', ...args], folder)
      return [code, stdout, stderr]
    }
    assert.equal(await said('a/m.fmw', 'b/m.fmw', '--out', 'out'), [2, '', 'fmw: Tiny of a/m.fmw and Twice of b/m.fmw would be written to out/m.ts\n'])
    assert.equal(await said('fmw-runtime.fmw', '--out', 'out'), [
      2,
      '',
      'fmw: Tiny of fmw-runtime.fmw would be written to out/fmw-runtime.ts, which all modules import: name its file otherwise\n',
    ])
    assert.equal(await said('const.fmw', '--out', 'out'), [2, '', 'fmw: there is no model in const.fmw to build\n'])
    assert.equal(await said('a/m.fmw', '--out', 'file'), [
      2,
      '',
      'fmw: the folder file cannot be made: a file of that name is in the way\n',
    ])
    assert.equal(await contentOf(folder), before)
  }))

s('names that differ in capitals alone are refused: they are one file on many a disk', () =>
  withFiles({ 'a/same.fmw': tiny, 'b/Same.fmw': twice, 'case.fmw': `${twice}${twice.replace('Twice', 'TWICE')}` }, async (folder) => {
    const before = await contentOf(folder)
    const said = async (...args: readonly string[]): Promise<unknown> => {
      const { code, stderr } = await mainOf(['build', ...args, '--out', 'out'], folder)
      return [code, stderr]
    }
    assert.equal(await said('a/same.fmw', 'b/Same.fmw'), [
      2,
      'fmw: Tiny of a/same.fmw and Twice of b/Same.fmw would be written to out/same.ts and out/Same.ts, which are one file where capitals do not count\n',
    ])
    assert.equal(await said('case.fmw', '--target', 'ir'), [
      2,
      'fmw: Twice of case.fmw and TWICE of case.fmw would be written to out/case.Twice.ir.json and out/case.TWICE.ir.json, which are one file where capitals do not count\n',
    ])
    assert.equal(await contentOf(folder), before)
  }))

const byHand: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ts: { 'tiny.ts': 'export const a = 1\n', 'fmw-runtime.ts': '' },
  js: { 'tiny.js': '// from fmw 0.1.0\n', 'tiny.d.ts': 'export {}\n' },
  types: { 'tiny.d.fmw.ts': 'export {}\n' },
  ir: { 'tiny.ir.json': '{ "name": "Tiny" }\n' },
}

for (const [target, files] of Object.entries(byHand)) {
  s(`--target ${target} writes over what fmw of any version has written, and over nothing else`, () =>
    withFiles({ 'tiny.fmw': tiny }, async (folder) => {
      const build = ['build', 'tiny.fmw', '--out', 'out', '--target', target]
      assert.is((await mainOf(build, folder)).code, 0)
      for (const file of Object.keys(files)) {
        const written = await text(folder, `out/${file}`)
        await writeFile(path.join(folder, 'out', file), `${written.replace(/^\/\/ fmw \S+,/, '// fmw 0.0.9-rc.1,').replace('fmw-graph-2', 'fmw-graph-1')}\n`)
      }
      assert.is((await mainOf(build, folder)).code, 0)
      for (const [file, content] of Object.entries(files)) await writeFile(path.join(folder, 'out', file), content)
      const before = await contentOf(folder)
      const { code, stdout, stderr } = await mainOf(build, folder)
      assert.equal([code, stdout], [2, ''])
      const named = Object.keys(files).map((file) => `out/${file}`)
      assert.is(
        stderr,
        named.length > 1
          ? `fmw: ${named.join(' and ')} were not written by fmw, and stay as they are: choose another --out, or remove them\n`
          : `fmw: ${named.join()} was not written by fmw, and stays as it is: choose another --out, or remove it\n`,
      )
      assert.equal(await contentOf(folder), before)
      assert.is((await mainOf([...build, '--check'], folder)).code, 1)
    }))
}

s.run()
