import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build as bundle } from 'esbuild'
import type { Browser } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit } from '../../src/index.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { withBackend } from '../backends.ts'
import { build } from '../cli/fmw.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import { modelsOf } from '../example-models.ts'
import { openBrowser } from './chromium.ts'

const s = suite('a page without a bundler')

/** TensorFlow.js as one file, as a page would have it from elsewhere. */
const core = "export * from '@tensorflow/tfjs-core'\nimport '@tensorflow/tfjs-backend-cpu'\n"

const page = `<!doctype html><script type="module">
import * as tf from '/vendor/tf.js'
import { LeNet5 } from '/models/lenet5.js'
try {
  const net = await LeNet5.load('/lenet5.safetensors')
  const image = tf.fill([1, 32, 32, 1], 0.5)
  window.found = Array.from(net.predict({ image }).logits.dataSync())
} catch (error) {
  window.failed = String(error)
}
</script>`

let browser: Browser
let server: Server

s.before(async () => {
  // what the module imports is compiled when fmw is built
  await build()
  const file = 'examples/lenet5.fmw'
  const { files } = await emit(readFileSync(file, 'utf8'), { file, target: 'js', import: '/vendor/tf.js' })
  const stdin = { contents: core, resolveDir: process.cwd() }
  const { outputFiles } = await bundle({ stdin, bundle: true, format: 'esm', platform: 'browser', write: false })
  const served = new Map<string, string | Uint8Array>([
    ['/', page],
    ['/vendor/tf.js', outputFiles[0]?.text ?? ''],
    ['/lenet5.safetensors', readFileSync('examples/lenet5.safetensors')],
    ...files.map(({ path, text }) => [`/models/${path}`, text] as const),
  ])
  server = createServer(({ url = '' }, response) => {
    const body = served.get(url)
    response.statusCode = body === undefined ? 404 : 200
    response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : url === '/' ? 'text/html' : 'application/octet-stream')
    response.end(body)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
})

s.after(async () => {
  await browser?.close()
  server?.close()
})

s('takes a module in JavaScript as it is, and computes what Node does', async () => {
  const tab = await browser.newPage()
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await tab.waitForFunction('"found" in window || "failed" in window')
  assert.is(await tab.evaluate('window.failed'), undefined)
  const found = (await tab.evaluate('window.found')) as readonly number[]
  const expected = await withBackend('cpu', (tf) => {
    const [graph] = modelsOf('lenet5.fmw')
    assert.ok(graph)
    const runner = runnerOf(graph, tf)
    const weights = readSafetensors(readFileSync('examples/lenet5.safetensors'), 'lenet5')
    runner.load(new Map([...weights].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])])))
    return [...runner.run({ image: tf.fill([1, 32, 32, 1], 0.5) })['logits']!.dataSync()]
  })
  assert.is(found.length, 10)
  for (const [i, logit] of found.entries()) assert.ok(Math.abs(logit - expected[i]!) <= 1e-4 * Math.abs(expected[i]!), `${logit} and ${expected[i]}`)
})

s.run()
