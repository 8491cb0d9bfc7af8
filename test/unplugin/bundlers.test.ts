import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit } from '../../src/index.ts'
import fmw from '../../src/unplugin/index.ts'
import { loadTfjs } from '../../src/runtime/backend/load-tfjs.ts'
import { build as buildFmw } from '../cli/fmw.ts'
import { bundlers } from './bundlers.ts'
import { withPage } from './page.ts'

const s = suite('models in bundlers')

// what models have in common is compiled when fmw is built
s.before(buildFmw)

// without its banner
loadTfjs()

const tiny = `import { Step } from "./step.fmw"

model Tiny(classes: int = 4) {
  input image: [8, 8, 3]
  output maps = image |> Step(classes)
}
`

const step = `block Step(x: [H, W, C], width: int) -> [_, _, width] {
  return x |> conv(width, 3x3) |> relu
}
`

const main = `import * as two from './tiny.fmw?set=classes=2'
import * as plain from './tiny.fmw'
export const names = [Object.keys(two), Object.keys(plain)]
`

const page = { 'main.js': main, 'tiny.fmw': tiny, 'step.fmw': step }

/** The shape of a kernel to so many channels, however it is laid out. */
const kernelTo = (channels: number): RegExp => new RegExp(`\\[\\s*3,\\s*3,\\s*3,\\s*${channels}\\s*\\]`)

for (const [name, bundle] of Object.entries(bundlers)) {
  s(`${name} bundles a model, and the same with other parameters`, () =>
    withPage(page, async (folder) => {
      const out = path.join(folder, 'out/main.mjs')
      await bundle(folder, path.join(folder, 'main.js'), out, { set: { classes: '5' } })
      const { names } = (await import(pathToFileURL(out).href)) as { readonly names: readonly (readonly string[])[] }
      for (const exported of names) assert.ok(exported.some((one) => /^tiny$/i.test(one)), String(exported))
      const text = readFileSync(out, 'utf8')
      assert.match(text, kernelTo(2), 'the import has two classes')
      assert.match(text, kernelTo(5), 'the plugin sets five')
    }))

  s(`${name} fails with the message of a mistake in an imported file, and its excerpt`, () =>
    withPage({ ...page, 'step.fmw': step.replace('relu', 'rleu') }, async (folder) => {
      const out = path.join(folder, 'out/main.mjs')
      const failure = await bundle(folder, path.join(folder, 'main.js'), out).then(
        () => undefined,
        (error: unknown) => error,
      )
      assert.instance(failure, Error)
      const said = `${failure} ${JSON.stringify(failure)}`
      assert.match(said, 'there is no name rleu')
      assert.match(said, 'step.fmw')
      assert.match(said, /2 [│|]   return x \|> conv\(width, 3x3\) \|> rleu/)
    }))
}

s('parameters may differ between files', () =>
  withPage({ ...page, 'main.js': "import * as a from './tiny.fmw'\nconsole.log(a)\n" }, async (folder) => {
    const out = path.join(folder, 'out/main.mjs')
    const set = (file: string): Readonly<Record<string, string>> => ({ classes: file.endsWith('tiny.fmw') ? '7' : '0' })
    await bundlers['esbuild']!(folder, path.join(folder, 'main.js'), out, { set })
    assert.match(readFileSync(out, 'utf8'), kernelTo(7))
  }))

const trained = `import 'fmw/training'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { Tiny } from './tiny.fmw'
import { Tiny as Two } from './tiny.fmw?set=classes=2'
await tf.setBackend('cpu')
const image = tf.ones([1, 8, 8, 3])
export const shapes = [Tiny, Two].map((model) => model.init().predict({ image }).maps.shape)
const net = Tiny.init({ seed: 1 })
const { grads } = tf.variableGrads(() => tf.sum(net.apply({ image }, { training: true }).maps), net.trainable)
export const learned = Object.keys(grads).length
`

for (const [name, bundle] of Object.entries(bundlers)) {
  s(`${name} bundles what a training needs with the models, which share it`, () =>
    withPage({ ...page, 'main.js': trained }, async (folder) => {
      const out = path.join(folder, 'out/main.mjs')
      await bundle(folder, path.join(folder, 'main.js'), out)
      const { shapes, learned } = (await import(pathToFileURL(out).href)) as { readonly shapes: unknown; readonly learned: number }
      assert.equal([shapes, learned], [[[1, 6, 6, 4], [1, 6, 6, 2]], 2])
      assert.is(readFileSync(out, 'utf8').match(/function checkInputs\(/g)?.length, 1)
    }))
}

for (const [name, bundle] of Object.entries(bundlers)) {
  s(`${name} bundles models that import TensorFlow.js from elsewhere, and what they share`, () =>
    withPage({ ...page, 'main.js': "import 'fmw/training'\nexport * from './tiny.fmw'\n" }, async (folder) => {
      const out = path.join(folder, 'out/main.mjs')
      await bundle(folder, path.join(folder, 'main.js'), out, { import: '@tensorflow/tfjs' })
      const text = readFileSync(out, 'utf8')
      assert.match(text, /['"]@tensorflow\/tfjs['"]/)
      assert.not.match(text, '@tensorflow/tfjs-core')
      assert.match(readFileSync(path.join(folder, 'tiny.d.fmw.ts'), 'utf8'), "import type * as tf from '@tensorflow/tfjs'\n")
    }))
}

s('what cannot be imported is refused at once', () => {
  const refused = (specifier: string, reason: RegExp): void =>
    assert.throws(
      () => fmw.rollup({ import: specifier }),
      (error: unknown) => error instanceof RangeError && reason.test(error.message),
    )
  refused("tfjs'; alert(1); '", /^fmw: import "tfjs'; alert\(1\); '" is no module specifier/)
  refused('./tf.js', /^fmw: import "\.\/tf\.js" is a relative path/)
})

s('options that there are not are refused at once, all of them, with what is meant', () => {
  const misspelt = { kernls: 'cpu', types: false, colour: 'red' }
  assert.throws(
    () => fmw.rollup(misspelt),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message ===
        'fmw: the plugin has no option kernls: did you mean kernels?\nfmw: the plugin has no option colour: there are set, rules, types, import, kernels',
  )
})

for (const [name, bundle] of Object.entries(bundlers)) {
  s(`${name} says that a model has no such parameter, and shows nothing of how fmw is made`, () =>
    withPage({ ...page, 'main.js': "import * as a from './tiny.fmw?set=clases=3'\nconsole.log(a)\n" }, async (folder) => {
      const failure = await bundle(folder, path.join(folder, 'main.js'), path.join(folder, 'out/main.mjs')).then(
        () => undefined,
        (error: unknown) => error,
      )
      assert.instance(failure, Error)
      assert.match(String(failure), 'tiny.fmw: no model has a parameter clases; did you mean classes?')
      assert.not.match(String(failure), /Misuse|RangeError|src\/index/)
    }))

  s(`${name} writes no types over a file that fmw has not written`, () =>
    withPage({ ...page, 'main.js': "import * as a from './tiny.fmw'\nconsole.log(a)\n", 'tiny.d.fmw.ts': 'export {}\n' }, async (folder) => {
      const [entry, out, types] = ['main.js', 'out/main.mjs', 'tiny.d.fmw.ts'].map((file) => path.join(folder, file)) as [string, string, string]
      const failure = await bundle(folder, entry, out).then(
        () => undefined,
        (error: unknown) => error,
      )
      assert.match(String(failure), `${types} was not written by fmw, and stays as it is: remove it, or have no types written (types: false)`)
      assert.is(readFileSync(types, 'utf8'), 'export {}\n')
      await bundle(folder, entry, out, { types: false })
    }))
}

s('types are written beside a model, once, and not those of other parameters', () =>
  withPage(page, async (folder) => {
    const [entry, out, types] = ['main.js', 'out/main.mjs', 'tiny.d.fmw.ts'].map((file) => path.join(folder, file)) as [string, string, string]
    await bundlers['rollup']!(folder, entry, out, { types: false })
    assert.not.ok(existsSync(types))
    await bundlers['rollup']!(folder, entry, out)
    const { files } = await emit(tiny, { file: path.join(folder, 'tiny.fmw'), target: 'types' })
    assert.equal(files.map((file) => file.path), ['tiny.d.fmw.ts'])
    assert.is(readFileSync(types, 'utf8'), files[0]?.text)
    assert.match(files[0]?.text ?? '', 'Maps<6, 6, 4>')
    const { mtimeMs } = statSync(types)
    await bundlers['rollup']!(folder, entry, out)
    assert.is(statSync(types).mtimeMs, mtimeMs)
    await bundlers['rollup']!(folder, entry, out, { set: { classes: '5' } })
    assert.match(readFileSync(types, 'utf8'), 'Maps<6, 6, 5>')
  }))

s.run()
