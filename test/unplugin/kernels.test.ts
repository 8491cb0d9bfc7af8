import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createServer } from 'vite'
import { kernelFiles } from '../../src/codegen/tfjs/kernels/kernels-of.ts'
import { emit } from '../../src/index.ts'
import fmw, { type PluginOptions } from '../../src/unplugin/index.ts'
import { build } from '../cli/fmw.ts'
import { bundlers } from './bundlers.ts'
import { withPage } from './page.ts'

const s = suite('models that bring their kernels')

// what models have in common is compiled when fmw is built
s.before(build)

const model = (name: string, op: string): string => `model ${name} {
  input image: [8, 8, 3]
  output maps = image |> conv(4, 3x3) |> ${op}
}
`

const main = `import * as tf from '@tensorflow/tfjs-core'
import { version_cpu } from '@tensorflow/tfjs-backend-cpu'
import { One } from './one.fmw'
import { Two } from './two.fmw'

export const shapes = [One, Two].map((model) => model.init().predict({ image: tf.ones([1, 8, 8, 3]) }).maps.shape)
export const kernels = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName)
export const version = version_cpu
export const optimizers = Object.keys(tf.serialization.SerializationMap.getMap().classNameMap)
`

const training = `import 'fmw/training'
import * as tf from '@tensorflow/tfjs-core'
import { One } from './one.fmw'

const net = One.init({ seed: 1 })
const image = tf.ones([1, 8, 8, 3])
const loss = () => tf.mean(tf.square(net.apply({ image }, { training: true }).maps))
const first = loss().dataSync()[0]
const adam = tf.train.adam(0.01)
for (let step = 0; step < 3; step++) adam.minimize(loss, false, net.trainable)
export const learned = loss().dataSync()[0] < first
export const kernels = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName)
`

const page = { 'main.js': main, 'train.js': training, 'one.fmw': model('One', 'tanh'), 'two.fmw': model('Two', 'relu') }

const kernelsOf = async (...files: readonly ('one.fmw' | 'two.fmw')[]): Promise<readonly string[]> => {
  const found = await Promise.all(files.map(async (file) => (await emit(page[file], { file, kernels: 'cpu' })).kernels))
  return [...new Set(found.flat())].sort()
}

/** What a bundle for a page exports, in a process that looks like a page to TensorFlow.js. */
function exportsOf(folder: string, out: string): Readonly<Record<string, unknown>> {
  const runner = path.join(folder, 'run.mjs')
  writeFileSync(
    runner,
    `globalThis.window = globalThis\nglobalThis.document = {}\nprocess.stdout.write(JSON.stringify({ ...(await import(${JSON.stringify(out)})) }))\n`,
  )
  const { stdout, stderr, status } = spawnSync(process.execPath, [runner], { encoding: 'utf8' })
  assert.is(status, 0, stderr)
  assert.not.match(stderr, 'already registered')
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>
}

for (const [name, bundle] of Object.entries(bundlers)) {
  s(`${name} bundles two models with the kernels of both, and no others`, () =>
    withPage(page, async (folder) => {
      const out = path.join(folder, 'out/main.mjs')
      await bundle(folder, path.join(folder, 'main.js'), out, { kernels: 'cpu', isPage: true })
      const { shapes, kernels, optimizers, version } = exportsOf(folder, out)
      assert.equal(shapes, [[1, 6, 6, 4], [1, 6, 6, 4]])
      assert.equal((kernels as string[]).sort(), await kernelsOf('one.fmw', 'two.fmw'))
      assert.equal([optimizers, version], [[], '4.22.0'])
    }))

  s(`${name} bundles all kernels with what a training needs`, () =>
    withPage(page, async (folder) => {
      const out = path.join(folder, 'out/train.mjs')
      await bundle(folder, path.join(folder, 'train.js'), out, { kernels: 'cpu', isPage: true })
      const { learned, kernels } = exportsOf(folder, out)
      assert.is(learned, true)
      assert.equal((kernels as string[]).sort(), Object.keys(kernelFiles.cpu).sort())
    }))

}

const devServer = (root: string): ReturnType<typeof createServer> =>
  createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [fmw.vite({ kernels: 'cpu' })],
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false },
  })

s('Vite serves each kernel as a module of its own while a page is written, and the whole core', () =>
  withPage(page, async (folder) => {
    const server = await devServer(folder)
    try {
      const { pluginContainer } = server.environments.client
      const file = path.join(folder, 'one.fmw')
      const { code = '' } = (await server.transformRequest('/one.fmw')) ?? {}
      assert.equal([...code.matchAll(/^import ".*fmw-kernel-(\w+)\.js"/gm)].map(([, kernel]) => kernel), await kernelsOf('one.fmw'))
      const found = await pluginContainer.resolveId('./fmw-kernel-Tanh.js', file)
      const loaded = await pluginContainer.load(found?.id ?? '')
      assert.match(String(typeof loaded === 'string' ? loaded : loaded?.code), "registerKernels('cpu', [tanhConfig])")
      const core = await pluginContainer.resolveId('@tensorflow/tfjs-core', file)
      assert.match(core?.id ?? '', 'node_modules/@tensorflow/tfjs-core/dist')
      const backend = await pluginContainer.resolveId('@tensorflow/tfjs-backend-cpu', file)
      assert.match(backend?.id ?? '', 'fmw-tfjs-backend.js')
    } finally {
      await server.close()
    }
  }))

s('where a server renders pages Node has the whole backend', () =>
  withPage(page, async (folder) => {
    const server = await devServer(folder)
    try {
      const { pluginContainer } = server.environments.ssr
      const file = path.join(folder, 'one.fmw')
      const { code: model = '' } = (await server.transformRequest('/one.fmw', { ssr: true })) ?? {}
      assert.match(model, 'tanh')
      assert.not.match(model, 'fmw-kernel')
      const backend = await pluginContainer.resolveId('@tensorflow/tfjs-backend-cpu', file)
      assert.match(backend?.id ?? '', 'node_modules/@tensorflow/tfjs-backend-cpu/dist')
      const training = await pluginContainer.load((await pluginContainer.resolveId('fmw/training', file))?.id ?? '')
      const code = typeof training === 'string' ? training : (training?.code ?? '')
      assert.match(code, 'mendGradients')
      assert.not.match(code, 'fmw-kernels')
    } finally {
      await server.close()
    }
  }))

s('a backend that is not known is refused', () => {
  const options = { kernels: 'gpu' } as unknown as PluginOptions
  assert.throws(() => fmw.rollup(options), /^fmw: kernels is cpu, wasm, webgl, and not gpu$/)
})

s.run()
