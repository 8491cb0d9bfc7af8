import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as bundle } from 'esbuild'
import { check } from 'prettier'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit, type EmitOptions } from '../../src/index.ts'
import { withBackend } from '../backends.ts'
import { build, root } from '../cli/fmw.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'
import { bitsOf, inputsFor, weightsFor } from '../graph-tensors.ts'
import { importModel, importTraining, treeOf, type EmittedModel } from './emitted.ts'
import { runnerOf } from './runner-of.ts'
import { diagnosticsOf } from './runtime/compiled.ts'

const s = suite('modules in JavaScript')

/** Where they find `@tensorflow/tfjs-core`, and a package of another name that is the same. */
const folder = path.join(root, 'node_modules/.cache/fmw-js')
const standIn = path.join(folder, 'node_modules/@tensorflow/tfjs')

// what they import is compiled when fmw is built
s.before(build)

s.before(() => {
  mkdirSync(standIn, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(path.join(standIn, 'package.json'), '{ "type": "module", "main": "index.js", "types": "index.d.ts" }')
  for (const file of ['index.js', 'index.d.ts']) writeFileSync(path.join(standIn, file), "export * from '@tensorflow/tfjs-core'\n")
})

s.after(() => rmSync(folder, { recursive: true }))

/** The texts of an example, by the names of their files. */
async function emitted(example: string, options: EmitOptions = {}): Promise<ReadonlyMap<string, string>> {
  const file = path.join('examples', example)
  const { files, diagnostics, unsupported } = await emit(readFileSync(file, 'utf8'), { file, target: 'js', ...options })
  assert.equal([diagnostics.filter(({ severity }) => severity === 'error'), unsupported], [[], []], example)
  return new Map(files.map((one) => [one.path, one.text]))
}

interface Example {
  readonly example: string
  readonly texts: ReadonlyMap<string, string>
}

let known: Promise<readonly Example[]> | undefined

/** Those of all examples, in JavaScript and as they come. */
const unformatted = (): Promise<readonly Example[]> => (known ??= emitAll())

async function emitAll(): Promise<readonly Example[]> {
  const all: Example[] = []
  for (const example of exampleFiles) {
    const texts = await emitted(example, { format: false })
    if (texts.size > 0) all.push({ example, texts })
  }
  return all
}

/** Writes the files of an example into a folder of their own; gives it. */
async function written(example: string, options: EmitOptions = {}): Promise<string> {
  const place = path.join(folder, path.basename(example, '.fmw'))
  mkdirSync(place, { recursive: true })
  for (const [name, text] of await emitted(example, options)) writeFileSync(path.join(place, name), text)
  return place
}

/** What Node says of a module that nothing prepares. */
function run(place: string, text: string): string {
  writeFileSync(path.join(place, 'asks.js'), text)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['asks.js'], { cwd: place, encoding: 'utf8' })
  assert.is(status, 0, stderr)
  return stdout
}

s('every example loads in Node as it is, and exports its models', async () => {
  const all = new Map<string, string>()
  const expected: string[][] = []
  for (const [i, { example, texts }] of (await unformatted()).entries()) {
    expected.push(modelsOf(example).map(({ name }) => name))
    for (const [name, text] of texts) {
      if (name.endsWith('.js')) all.set(name.startsWith('fmw-') ? name : `example-${i}.js`, text)
    }
  }
  const place = path.join(folder, 'all')
  mkdirSync(place)
  for (const [name, text] of all) writeFileSync(path.join(place, name), text)
  const modules = [...all.keys()].filter((name) => name.startsWith('example-'))
  const asks = `const found = []
for (const name of ${JSON.stringify(modules)}) {
  const module = await import('./' + name)
  found.push(Object.keys(module).filter((key) => typeof module[key].init === 'function'))
}
console.log(JSON.stringify(found))
`
  assert.ok(modules.length > 20)
  assert.equal(
    (JSON.parse(run(place, asks)) as string[][]).map((names) => names.sort()),
    expected.map((names) => names.sort()),
  )
})

s('the text is laid out as it would be in TypeScript, with every comment', async () => {
  const comments = (text: string): readonly string[] => text.match(/\/\*\*[^]*?\*\/|\/\/ \[.*\]$/gm) ?? []
  for (const example of ['lenet5.fmw', 'unet.fmw', 'resnet50.fmw']) {
    const stem = path.basename(example, '.fmw')
    const texts = await emitted(example)
    const module = texts.get(`${stem}.js`) ?? ''
    const inTypeScript = (await emitted(example, { target: 'ts' })).get(`${stem}.ts`) ?? ''
    assert.equal(comments(module), comments(inTypeScript))
    assert.ok(comments(module).length > 5)
    for (const [name, text] of texts) {
      assert.ok(await check(text, { filepath: name, semi: false, singleQuote: true, printWidth: 120 }), name)
      if (name.endsWith('.js')) assert.equal(text.match(/^(?:export )?(?:interface|type|declare) .*/gm), null)
    }
  }
})

/** An example with the extents of its inputs that have names. */
const computed = { 'lenet5.fmw': {}, 'unet.fmw': { H: 16, W: 16 }, 'systems/14-dynamic-convolution.fmw': {} }

for (const [example, extents] of Object.entries(computed)) {
  s(`gives exactly the numbers of the runner: ${example}`, async () => {
    const place = await written(example)
    const [graph, ...others] = modelsOf(example)
    assert.ok(graph && others.length === 0)
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path.join(place, `${path.basename(place)}.js`)).href)
    const [apply] = Object.values(module).filter((one) => typeof one === 'function')
    assert.ok(apply)
    for (const backend of ['cpu', 'wasm'] as const) {
      await withBackend(backend, (tf) => {
        const weights = weightsFor(graph, tf)
        const inputs = inputsFor(graph, tf, { extents, batch: 1 })
        const runner = runnerOf(graph, tf)
        runner.load(weights)
        assert.equal(bitsOf(apply(treeOf(weights), inputs)), bitsOf(runner.run(inputs)), backend)
      })
    }
  })
}

s('learns in Node as the TypeScript does, with the file for training beside it', async () => {
  const place = await written('lenet5.fmw')
  const { model } = await importModel((await emitted('lenet5.fmw', { target: 'ts' })).get('lenet5.ts') ?? '', 'LeNet5')
  await importTraining()
  const step = `function step(tf, net) {
  const image = tf.ones([2, 32, 32, 1])
  const loss = () => tf.mean(tf.square(net.apply({ image }, { training: true, seed: 1 }).logits))
  const { value, grads } = tf.variableGrads(loss, net.trainable)
  return [...value.dataSync(), ...net.trainable.map(({ name }) => tf.sum(grads[name]).dataSync()[0])]
}`
  const said = run(
    place,
    `import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { LeNet5 } from './lenet5.js'
import './fmw-training.js'
${step}
await tf.setBackend('cpu')
console.log(JSON.stringify(step(tf, LeNet5.init({ seed: 3 }))))
`,
  )
  await withBackend('cpu', (tf) => {
    const stepOf = new Function('tf', 'net', `${step}\nreturn step(tf, net)`) as (...given: unknown[]) => readonly number[]
    const handle: ReturnType<EmittedModel['init']> = model.init({ seed: 3 })
    assert.equal(JSON.parse(said), stepOf(tf, handle))
  })
})

s('imports another package, which has the same, and names of files without an ending are for bundlers', async () => {
  const place = await written('lenet5.fmw', { import: '@tensorflow/tfjs' })
  const asks = (module: string): string => `import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { LeNet5 } from '${module}'
await tf.setBackend('cpu')
console.log([...LeNet5.init({ seed: 0 }).predict({ image: tf.ones([1, 32, 32, 1]) }).logits.dataSync()].join())
`
  const said = run(place, asks('./lenet5.js'))
  assert.is(said.split(',').length, 10)
  await written('lenet5.fmw', { importExtension: 'none' })
  const external = ['@tensorflow/*']
  await bundle({ entryPoints: [path.join(place, 'lenet5.js')], outfile: path.join(place, 'bundle.js'), bundle: true, format: 'esm', external })
  assert.is(run(place, asks('./bundle.js')), said)
})

/** What the strictest TypeScript says of files, those of types among them. */
async function typeErrors(texts: ReadonlyMap<string, string>, more: ts.CompilerOptions = {}): Promise<readonly string[]> {
  const files = new Map([...texts].map(([name, text]) => [path.join(folder, 'types', name), text]))
  const own = diagnosticsOf(files, { skipLibCheck: false, ...more }).filter(({ file }) => file && files.has(file.fileName))
  return own.map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}

const uses = `import * as tf from '@tensorflow/tfjs-core'
import { LeNet5, leNet5, type LeNet5Inputs, type LeNet5Outputs } from './lenet5.js'
import { UNet } from './unet.js'
import type { Maps } from './fmw-runtime.js'
import './fmw-training.js'

export async function use(image: tf.Tensor4D, map: Maps<32, 32, 1>): Promise<LeNet5Outputs> {
  const net = await LeNet5.load('/lenet5.safetensors', { onProgress: (part: number) => part })
  const inputs: LeNet5Inputs = { image: map }
  const kernel: tf.Tensor4D | undefined = net.weights.c3[4]?.kernel
  const { logits } = leNet5(net.weights, { image })
  const adam = tf.train.adam(0.1)
  adam.minimize(() => tf.mean<tf.Scalar>(net.apply(inputs, { training: true }).logits), false, net.trainable)
  const [best] = await net.classify(tf.zeros([4, 4, 3]))
  console.log(best?.label, kernel, UNet.init().predict({ image }))
  return { logits }
}
`

async function declared(more: Readonly<Record<string, string>>, options: EmitOptions = {}): Promise<ReadonlyMap<string, string>> {
  const texts = [...(await emitted('lenet5.fmw', options)), ...(await emitted('unet.fmw', options))]
  return new Map([...texts.filter(([name]) => name.endsWith('.d.ts')), ...Object.entries(more)])
}

s('have types that pass the strictest TypeScript with who uses them, in Node and for bundlers', async () => {
  assert.equal(await typeErrors(await declared({ 'uses.ts': uses })), [])
  const forBundlers = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
  const withoutEndings = uses.replaceAll(/'(\.\/[\w-]+)\.js'/g, "'$1'")
  assert.equal(await typeErrors(await declared({ 'uses.ts': withoutEndings }, { importExtension: 'none' }), forBundlers), [])
})

s('have the types of another package that they import', async () => {
  const texts = await declared({ 'uses.ts': uses.replace('@tensorflow/tfjs-core', '@tensorflow/tfjs') }, { import: '@tensorflow/tfjs' })
  assert.equal(await typeErrors(texts), [])
})

s('have types that refuse another size, other channels, inputs that are exchanged and what is not there', async () => {
  const wrong = `import { LeNet5 } from './lenet5.js'
import { Two } from './two.js'
import type { Maps } from './fmw-runtime.js'
const net = LeNet5.init()
export const exchanged = (a: Maps<4, 4, 1>, b: Maps<8, 4, 1>) => Two.init().predict({ a: b, b: a })
export const size = (image: Maps<28, 32, 1>) => net.predict({ image })
export const channels = (image: Maps<32, 32, 3>) => net.predict({ image })
export const missing = () => net.predict({})
export const absent = net.weights.c7
`
  const two = 'model Two { input a: [4, 4, 1]\n input b: [8, 4, 1]\n output y = relu(a)\n output z = relu(b) }'
  const { files } = await emit(two, { file: 'two.fmw', target: 'js' })
  const refused = (found: string, wanted: string, one: string, other: string): string =>
    `wrong.ts: Type 'Maps<${found}, number>' is not assignable to type 'Maps<${wanted}, number>'.\n  Type '${one}' is not assignable to type '${other}'.`
  const texts = await declared({ 'wrong.ts': wrong, 'two.d.ts': files.find(({ path: name }) => name === 'two.d.ts')?.text ?? '' })
  assert.equal(await typeErrors(texts, { exactOptionalPropertyTypes: false }), [
    refused('8, 4, 1', '4, 4, 1', '8', '4'),
    refused('4, 4, 1', '8, 4, 1', '4', '8'),
    refused('28, 32, 1', '32, 32, 1', '28', '32'),
    refused('32, 32, 3', '32, 32, 1', '3', '1'),
    `wrong.ts: Argument of type '{}' is not assignable to parameter of type 'LeNet5Inputs'.
  Property 'image' is missing in type '{}' but required in type 'LeNet5Inputs'.`,
    "wrong.ts: Property 'c7' does not exist on type 'LeNet5Weights'.",
  ])
})

s('leave a project that checks its JavaScript without a finding', async () => {
  const texts = new Map([...(await emitted('lenet5.fmw')), ['page.js', "import { LeNet5 } from './lenet5.js'\nLeNet5.init({ sead: 0 })\n"]])
  const [error = '', ...others] = await typeErrors(texts, { allowJs: true, checkJs: true })
  assert.match(error, /^page\.js: .*'sead' does not exist in type 'InitOptions'/)
  assert.equal(others, [])
})

s('have the types that bundlers are given, for every example', async () => {
  for (const { example, texts } of await unformatted()) {
    const [, declarations] = texts.values()
    const [types] = (await emitted(example, { format: false, target: 'types' })).values()
    assert.is(declarations, types?.replace(" from 'fmw/runtime'\n", " from './fmw-runtime.js'\n"), example)
  }
})

s.run()
