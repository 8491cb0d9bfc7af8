import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { installPacked } from '../../scripts/package/install-packed.ts'
import { build as bundle } from '../cli/fmw.ts'

const s = suite('the package in a project of its own')

await bundle()
const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-installed-'))
const installed = installPacked(folder)
for (const file of ['lenet5.fmw', 'digits.fmw', 'lenet5.safetensors']) copyFileSync(`examples/${file}`, path.join(folder, file))

s.after(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the installed command, without a native backend of this machine. */
function fmw(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { ...process.env, FMW_CACHE: path.join(folder, 'no-cache') }
  return spawnSync(path.join(folder, 'node_modules/.bin/fmw'), args, { cwd: folder, encoding: 'utf8', env })
}

s('takes at most 120 MB', () => {
  assert.ok(installed.megabytes < 120, `${installed.megabytes} MB`)
})

s('brings no packages but TensorFlow.js and unplugin with what they need', () => {
  const own = installed.packages.filter((name) => !name.startsWith('@types/') && !name.startsWith('@jridgewell/'))
  assert.equal(own.sort(), [
    '@rolldown/pluginutils',
    '@tensorflow/tfjs-backend-cpu',
    '@tensorflow/tfjs-backend-wasm',
    '@tensorflow/tfjs-core',
    '@webgpu/types',
    'fmw',
    'long',
    'node-fetch',
    'picomatch',
    'seedrandom',
    'tr46',
    'unplugin',
    'webidl-conversions',
    'webpack-virtual-modules',
    'whatwg-url',
  ])
})

s('runs nothing when it is installed', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(folder, 'node_modules/fmw/package.json'), 'utf8'))
  assert.equal(
    Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name)),
    [],
  )
})

s('is a package as publint and arethetypeswrong want it', () => {
  for (const [tool, ...args] of [['publint', 'run', installed.archive, '--strict'], ['attw', '--profile', 'esm-only', installed.archive]]) {
    const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${tool}`, args, { encoding: 'utf8' })
    assert.is(status, 0, stdout + stderr)
  }
})

/** What TypeScript says against a text that stands in the project. */
function typeErrors(text: string): readonly string[] {
  const file = path.join(folder, 'uses.ts')
  writeFileSync(file, text)
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowArbitraryExtensions: true,
    types: [],
  }
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

s('is imported by its name, with types', () => {
  const text = `import { compile, type ModelSummary } from 'fmw'
const models: readonly ModelSummary[] = compile('model M { input x: [4] output y = relu(x) }').models
const wrong: number = compile('').errors.toFixed()
console.log(models[0]?.outputs[0]?.shape.join())
`
  assert.equal(typeErrors(text), ["Type 'string' is not assignable to type 'number'."])
  const js = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText
  assert.is(execFileSync(process.execPath, ['--input-type=module', '--eval', js], { cwd: folder, encoding: 'utf8' }), '4\n')
})

s('makes a page, whose model has types', () => {
  const { status, stdout, stderr } = fmw('new', 'digits')
  assert.is(status, 0, stderr)
  assert.ok(stdout.split('\n').includes('digits/src/lenet5.safetensors'))
  assert.is(fmw('check', 'digits/src').status, 0)
  const text = `import 'fmw/training'
import { LeNet5, type LeNet5Inputs } from './digits/src/lenet5.fmw'
const net = LeNet5.init({ seed: 0 })
export const kernel: readonly number[] = net.weights.c3[4]!.kernel.shape
export const logits = (inputs: LeNet5Inputs) => net.predict(inputs).logits
export const wrong: number = net.summary()
`
  assert.equal(typeErrors(text), ["Type 'string' is not assignable to type 'number'."])
})

s('gives bundlers its plugin', () => {
  writeFileSync(path.join(folder, 'page.js'), "import * as model from './lenet5.fmw'\nconsole.log(Object.keys(model).join())\n")
  const script = `import fmw from 'fmw/unplugin'
    import { build } from '${pathToFileURL(path.resolve('node_modules/esbuild/lib/main.js')).href}'
    const options = { entryPoints: ['page.js'], outfile: 'page.mjs', bundle: true, format: 'esm', external: ['@tensorflow/*'] }
    await build({ ...options, plugins: [fmw.esbuild()] })
    await import(process.cwd() + '/page.mjs')`
  assert.match(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, encoding: 'utf8' }), /lenet5/i)
})

s('has the licences of what is bundled', () => {
  const text = readFileSync(path.join(folder, 'node_modules/fmw/dist/licences.txt'), 'utf8')
  for (const name of ['chevrotain 11', 'commander 14', 'prettier 3', 'ajv 8', 'pngjs 7', 'sucrase 3'])
    assert.match(text, name)
})

s('checks every file of a pattern', () => {
  assert.equal(fmw('check', '*.fmw').status, 0)
})

s('reads its configuration', () => {
  const { status, stderr } = fmw('check', 'lenet5.fmw', '--config', 'node_modules/fmw/package.json')
  assert.is(status, 2)
  assert.match(stderr, '/ has an unknown key')
})

s('runs a model on a picture', () => {
  copyFileSync('examples/data/7.png', path.join(folder, '7.png'))
  const { status, stdout, stderr } = fmw('run', 'lenet5.fmw', '--weights', 'lenet5.safetensors', '--input', 'image=7.png', '--top', '1')
  assert.is(status, 0, stderr)
  assert.match(stderr, 'backend: wasm')
  assert.match(stdout, /^logits \[1, 10\].*\n +7 /)
})

s('draws what a node computes', () => {
  const { status, stderr } = fmw('show', 'lenet5.fmw', 'c1/kernel', '--weights', 'lenet5.safetensors', '-o', 'kernels.png')
  assert.is(status, 0, stderr)
})

s('learns from pictures, with the gradients that it brings along', () => {
  for (let digit = 0; digit < 10; digit++) {
    mkdirSync(path.join(folder, `pictures/${digit}`), { recursive: true })
    copyFileSync(`examples/data/${digit}.png`, path.join(folder, `pictures/${digit}/a.png`))
  }
  const { status, stdout, stderr } = fmw('train', 'lenet5.fmw', '--data', 'pictures', '--epochs', '2', '--json')
  assert.is(status, 0, stderr)
  assert.match(stdout, '"backend":"wasm"')
})

s('emits JavaScript that loads as it is, with its types', () => {
  const { status, stderr } = fmw('build', 'lenet5.fmw', '--out', 'js', '--target', 'js')
  assert.is(status, 0, stderr)
  writeFileSync(path.join(folder, 'js/package.json'), '{ "type": "module" }')
  const asks = `require('@tensorflow/tfjs-backend-cpu')
    import('./js/lenet5.js').then(({ LeNet5 }) => console.log(LeNet5.init().weights.c3[4].kernel.shape.join()))`
  assert.is(execFileSync(process.execPath, ['--input-type=commonjs', '--eval', asks], { cwd: folder, encoding: 'utf8' }), '5,5,3,1\n')
  const text = `import { LeNet5 } from './js/lenet5.js'
import './js/fmw-training.js'
export const kernel: readonly number[] = LeNet5.init().weights.c3[4]!.kernel.shape
export const wrong: number = LeNet5.init().summary()
`
  assert.equal(typeErrors(text), ["Type 'string' is not assignable to type 'number'."])
})

s('emits a module that loads beside it', async () => {
  const { status, stderr } = fmw('build', 'lenet5.fmw', '--out', 'out')
  assert.is(status, 0, stderr)
  await build({
    entryPoints: [path.join(folder, 'out/lenet5.ts')],
    outfile: path.join(folder, 'out/lenet5.js'),
    bundle: true,
    format: 'esm',
    packages: 'external',
  })
  const asks = "import * as module from './out/lenet5.js'; console.log(Object.keys(module).join())"
  assert.match(execFileSync(process.execPath, ['--input-type=module', '--eval', asks], { cwd: folder, encoding: 'utf8' }), /lenet5/i)
})

s.run()
