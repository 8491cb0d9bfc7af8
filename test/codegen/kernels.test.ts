import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PNG } from 'pngjs'
import { usualCore, type Backend } from '../../src/codegen/about.ts'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { kernelFiles, kernelsOf } from '../../src/codegen/tfjs/kernels/kernels-of.ts'
import { emitJavaScript, emitModule } from '../../src/codegen/tfjs/module/emit-module.ts'
import { runtimeFiles } from '../../src/codegen/tfjs/runtime-files.ts'
import { registerKernels } from '../../src/codegen/tfjs/runtime/kernels.ts'
import { hasBatch, type Attribute, type Graph, type Node } from '../../src/compiler/graph/graph.ts'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { readRuntimeFile } from '../../src/runtime/files/runtime-file.ts'
import { emit as emitText } from '../../src/index.ts'
import { withBackend } from '../backends.ts'
import { modelsOf } from '../example-models.ts'
import { calls } from '../gradients/calls.ts'
import { buildGraph } from '../graphs.ts'
import { inputsFor } from '../graph-tensors.ts'
import { operandsOf, type Call, type Operand } from '../primitives/harness.ts'
import { withPage } from '../unplugin/page.ts'
import { emit, importEmitted, importTraining, typeErrorsIn, type EmittedModel } from './emitted.ts'
import { kernelsFor, withKernels } from './few-kernels.ts'

const s = suite('the kernels that a model needs')

/** Those that Node has. */
const backends = ['cpu', 'wasm'] as const

const about = { source: 'models/test.fmw', version: '1.2.3', format: true, imports: { core: usualCore, ending: '.ts' } }

async function kernelsText(backend: Backend, ...graphs: readonly Graph[]): Promise<string> {
  const emitted = await emitModule(graphs, { ...about, kernels: backend })
  if ('unsupported' in emitted) throw new Error(emitted.unsupported.map(({ reason }) => reason).join())
  return emitted.texts.get('.kernels.ts') ?? ''
}

const lenet = modelsOf('lenet5.fmw')

for (const backend of backends) {
  s(`the table of ${backend} has what the backend registers`, () =>
    withBackend(backend, (tf) => {
      const registered = tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName)
      const mended = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput', 'UnsortedSegmentSum']
      const own = backend === 'wasm' ? registered.filter((name) => !mended.includes(name)) : registered
      assert.equal(Object.keys(kernelFiles[backend]).sort(), own.sort())
    }))
}

s('the file is as it was reviewed', async () => {
  const text = await kernelsText('cpu', ...lenet)
  const file = new URL('emitted/lenet5.kernels.txt', import.meta.url)
  if (process.env['UPDATE']) writeFileSync(file, text)
  assert.fixture(text, readFileSync(file, 'utf8'))
})

s('the file is strict TypeScript, of each backend', async () => {
  const files = await Promise.all(
    (['cpu', 'wasm', 'webgl'] as const).map(async (backend) => [`${backend}.kernels.ts`, await kernelsText(backend, ...lenet)] as const),
  )
  assert.equal(typeErrorsIn(new Map(files)), [])
})

s('the file is the same in JavaScript, with types that say that it has none', async () => {
  const emitted = await emitJavaScript(lenet, { ...about, imports: { ...about.imports, ending: '.js' }, kernels: 'cpu' })
  if ('unsupported' in emitted) throw new Error('it is not emitted')
  assert.is(emitted.texts.get('.kernels.js'), (await kernelsText('cpu', ...lenet)).replace('./fmw-runtime.ts', './fmw-runtime.js'))
  assert.match(emitted.texts.get('.kernels.d.ts') ?? '', /^\/\/ fmw .*\nexport \{\}\n$/)
})

s('two models of a text have what both need', () => {
  const [a, b] = [['tanh', 'A'], ['exp', 'B']].map(([op, name]) => {
    const g = buildGraph(name!)
    g.output('y', g.op(op!, { x: g.input('x', [2]) }))
    return g.graph()
  })
  const needed = kernelsFor('cpu', a!, b!)
  assert.ok(needed.includes('Tanh') && needed.includes('Exp'))
  assert.not.ok(kernelsFor('cpu', a!).includes('Exp'))
})

s('a kernel that a backend lacks is named, one that a function can do without is not', () => {
  assert.equal(kernelsOf('einsum', 'wasm').lacking, ['Einsum'])
  assert.equal(kernelsOf('browser.fromPixels', 'wasm'), { kernels: [], lacking: [] })
  assert.equal(kernelsOf('browser.fromPixels', 'webgl'), { kernels: ['FromPixels'], lacking: [] })
})

s('the library says them, and refuses a target that has none', async () => {
  const text = 'model Tiny {\n  input x: [4]\n  output y = x |> tanh\n}\n'
  const { files, kernels } = await emitText(text, { kernels: 'wasm' })
  assert.equal(files.map(({ path }) => path).slice(0, 2), ['model.ts', 'model.kernels.ts'])
  assert.equal(kernels, ['Cast', 'Identity', 'Tanh'].filter((name) => kernels.includes(name)))
  assert.ok(kernels.includes('Tanh'))
  assert.equal((await emitText(text)).kernels, [])
  const refused = await emitText(text, { kernels: 'wasm', target: 'ir' }).catch((error: unknown) => error)
  assert.instance(refused, RangeError)
  assert.match(String(refused), 'kernels has no meaning for the target ir, which calls none')
})

/** A call as a model: what has a batch is an input, and the rest weights. */
function modelOf(name: string, call: Call, model: string): Graph {
  const g = buildGraph(model)
  const operands = new Map<unknown, Node>(
    operandsOf(call).map((operand, i) => {
      const dims = operand.type.shape.map(({ dim }) => Number(dim))
      return [operand, hasBatch(operand.type) ? g.input(`x${i}`, dims) : g.param(`w${i}`, dims)]
    }),
  )
  const nodeOf = (operand: Operand): Node => operands.get(operand)!
  const isArgument = (value: unknown): boolean => operands.has(value) || (Array.isArray(value) && value.some((one) => operands.has(one)))
  const [args, attributes] = [true, false].map((wanted) => Object.entries(call).filter(([, value]) => isArgument(value) === wanted))
  const given = args!.map(([key, value]) => [key, Array.isArray(value) ? value.map(nodeOf) : nodeOf(value as Operand)] as const)
  g.output('y', g.op(name, Object.fromEntries(given), Object.fromEntries(attributes!) as Record<string, Attribute>))
  return g.graph()
}

/** What a model gives in an inference, and what it saves. */
async function used(model: EmittedModel, graph: Graph, tf: Tfjs): Promise<void> {
  const net = model.init({ seed: 1 })
  const inputs = inputsFor(graph, tf)
  tf.dispose([net.predict(inputs), net.apply(inputs), inputs])
  net.dispose()
}

/** Training puts its own kernel in its place, which calls others; the bundle below has that of the backend. */
const isMended = (name: string, backend: string): boolean => name === 'conv2d_transpose' && backend === 'wasm'

for (const name of primitives.keys()) {
  s(`${name} needs no others`, async () => {
    const models = calls[name]!(2)
      .filter((call) => operandsOf(call).some(({ type }) => hasBatch(type)))
      .map((call, i) => modelOf(name, call, `Net${i}`))
    const module = await importEmitted(await emit(...models))
    for (const backend of backends) {
      if (isMended(name, backend)) continue
      await withBackend(backend, async (tf) => {
        for (const graph of models) {
          await withKernels(tf, backend, kernelsFor(backend, graph), () => used(module[graph.name] as EmittedModel, graph, tf))
        }
      })
    }
  })
}

const bundled = `import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base.js'
import * as tf from '@tensorflow/tfjs-core'
import './net.kernels.ts'
import { Net } from './net.ts'
setWasmPaths(process.argv[2] + '/')
await tf.setBackend('wasm')
const { y } = Net.init({ seed: 1 }).predict({ x0: tf.ones([2, 3, 4, 2]) })
const sum = y.dataSync().reduce((a, b) => a + b)
console.log(JSON.stringify({ kernels: tf.getKernelsForBackend('wasm').length, shape: y.shape, sum }))
`

s('a bundle with the file has no others, and computes', () =>
  withPage({ 'main.js': bundled }, async (folder) => {
    const [call] = calls['conv2d_transpose']!(2)
    const graph = modelOf('conv2d_transpose', call!, 'Net')
    const files = [...runtimeFiles(readRuntimeFile), ['net.ts', await emit(graph)], ['net.kernels.ts', await kernelsText('wasm', graph)]] as const
    for (const [name, text] of files) writeFileSync(path.join(folder, name), text)
    const outfile = path.join(folder, 'out.mjs')
    const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __dirname = '.'" }
    await build({ entryPoints: [path.join(folder, 'main.js')], outfile, bundle: true, format: 'esm', platform: 'node', mainFields: ['module', 'main'], banner, logLevel: 'silent' })
    const { stdout, stderr } = spawnSync(process.execPath, [outfile, path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out')], { encoding: 'utf8' })
    const said = JSON.parse(stdout || `"${stderr}"`) as { readonly kernels: number; readonly shape: readonly number[]; readonly sum: number }
    const needed = kernelsFor('wasm', graph)
    assert.equal([said.kernels, said.shape], [needed.length, [2, 6, 8, 3]])
    const expected = await withBackend('cpu', async (tf) => {
      const { Net } = (await importEmitted(await emit(graph))) as { readonly Net: EmittedModel }
      const { y } = Net.init({ seed: 1 }).predict({ x0: tf.ones([2, 3, 4, 2]) })
      return [...y!.dataSync()].reduce((a, b) => a + b)
    })
    assert.ok(Math.abs(said.sum - expected) < 1e-3, `${said.sum} is not ${expected}`)
  }))

interface LeNet5 {
  readonly load: (bytes: Uint8Array) => Promise<{
    readonly classify: (picture: PNG) => Promise<readonly { readonly label: string }[]>
    readonly save: () => Promise<Uint8Array>
    readonly dispose: () => void
  }>
}

for (const backend of backends) {
  s(`a digit is read, and the weights are saved, with nothing else on ${backend}`, async () => {
    const { LeNet5 } = (await importEmitted(await emit(...lenet))) as { readonly LeNet5: LeNet5 }
    const bytes = readFileSync('examples/lenet5.safetensors')
    await withBackend(backend, (tf) =>
      withKernels(tf, backend, kernelsFor(backend, ...lenet), async () => {
        const net = await LeNet5.load(bytes)
        const [best] = await net.classify(PNG.sync.read(readFileSync('examples/data/7.png')))
        assert.is(best?.label, '7')
        await LeNet5.load(await net.save())
        net.dispose()
      }),
    )
  })
}

s('weights are kept in their bounds with nothing else', async () => {
  const g = buildGraph('Bounded')
  g.output('y', g.op('mul', { a: g.input('x', [2]), b: g.param('w', [2], { within: [0, 1], init: { kind: 'constant', value: 3 } }) }))
  const graph = g.graph()
  const { Bounded } = (await importEmitted(await emit(graph))) as { readonly Bounded: EmittedModel }
  for (const backend of backends) {
    await withBackend(backend, (tf) =>
      withKernels(tf, backend, kernelsFor(backend, graph), () => {
        const { y } = Bounded.init().predict({ x: tf.tensor([1, 2], [1, 2]) })
        assert.equal([...y!.dataSync()], [1, 2])
      }),
    )
  }
})

s('are set up when the backend has started already, and none is registered twice', () =>
  withBackend('wasm', (tf) => {
    const tanh = tf.getKernel('Tanh', 'wasm')
    const told: unknown[] = []
    tf.unregisterKernel('Tanh', 'wasm')
    try {
      const config = { ...tanh, setupFunc: (backend: unknown) => told.push(backend) }
      registerKernels('wasm', [config])
      registerKernels('wasm', [config, { ...config, kernelFunc: () => [] }])
      assert.is(told.length, 1)
      assert.is(told[0], tf.backend())
      assert.is(tf.getKernel('Tanh', 'wasm').kernelFunc, tanh.kernelFunc)
    } finally {
      tf.unregisterKernel('Tanh', 'wasm')
      tf.registerKernel(tanh)
      registerKernels('wasm', [], true)
    }
  }))

s('training asks for the others, unless all of them are there', async () => {
  const g = buildGraph('Trained')
  g.output('y', g.op('tanh', { x: g.input('x', [2]) }))
  const module = (await importEmitted(await emit(g.graph()))) as { readonly Trained: EmittedModel }
  const { registerKernels: register } = (await importEmitted(`export { registerKernels } from './fmw-runtime.ts'\n`)) as {
    readonly registerKernels: typeof registerKernels
  }
  await importTraining()
  await withBackend('cpu', (tf) => {
    const net = module.Trained.init()
    const train = (): unknown => net.apply({ x: tf.tensor([1, 2], [1, 2]) }, { training: true })
    train()
    register('cpu', [])
    assert.throws(train, /training needs all kernels of the backend cpu.*import '@tensorflow\/tfjs-backend-cpu' instead of it/)
    register('cpu', [], true)
    train()
  })
})

s.run()
