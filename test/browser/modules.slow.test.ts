import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit } from '../../src/index.ts'
import { withBackend } from '../backends.ts'
import type { Numbers } from '../codegen/numbers-of.ts'
import { importRuns, writeRuns } from '../codegen/runs-of-modules.ts'
import { openBrowser } from './chromium.ts'

const s = suite('emitted modules in a browser')

/** With statistics and weights that a step moves, dropout, and a value that depends on the weights alone. */
const reader = `model Reader {
  input image: [12, 12, 1]
  maps = image |> conv(8, 3x3, padding: same, bias: false) |> norm.batch |> relu |> pool.max(2)
  output logits = maps |> gather.gate |> dropout(0.2) |> flatten |> dense(3)
}`

const wasm = path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist')

let entry: string
let browser: Browser
let server: Server
let page: Page

s.before(async () => {
  entry = await writeRuns()
  const folder = path.dirname(entry)
  const { files } = await emit(reader, { file: 'reader.fmw' })
  for (const { path: name, text } of files) writeFileSync(path.join(folder, name), text)
  const { outputFiles } = await build({
    entryPoints: ['test/browser/modules-in-page.js'],
    alias: { 'fmw:runs': entry, 'fmw:reader': path.join(folder, 'reader.ts'), 'fmw:training': path.join(folder, 'fmw-training.ts') },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  const [script] = outputFiles
  server = createServer(({ url = '' }, response) => {
    const isWasm = url.endsWith('.wasm')
    response.setHeader('content-type', url === '/page.js' ? 'text/javascript' : isWasm ? 'application/wasm' : 'text/html')
    response.end(isWasm ? readFileSync(path.join(wasm, path.basename(url))) : url === '/page.js' ? script?.text : '<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
  page = await browser.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('"heldBy" in window')
})

s.after(async () => {
  await browser?.close()
  server?.close()
  rmSync(path.dirname(entry), { recursive: true, force: true })
})

s('all examples, and of the networks those that are chosen, give on WebAssembly, bit by bit, what they give in Node', async () => {
  const runs = Object.entries(await importRuns(entry))
  assert.ok(runs.length > 30)
  for (const [name, run] of runs) {
    const inPage = page.evaluate(`run(${JSON.stringify(name)})`) as Promise<Numbers>
    const [expected, found] = await Promise.all([withBackend('wasm', run), inPage])
    assert.equal(Object.keys(found), Object.keys(expected), name)
    for (const [output, numbers] of Object.entries(expected)) {
      const different = numbers.filter((value, i) => !Object.is(value, found[output]?.[i]))
      assert.is(different.length, 0, `${output} of ${name}: ${different.length} of ${numbers.length} values differ`)
    }
  }
})

for (const backend of ['wasm', 'webgl']) {
  s(`a thousand predictions and a hundred steps of training leave nothing behind, on ${backend}`, async () => {
    const found = (await page.evaluate(`heldBy('${backend}', 1000, 100)`)) as {
      readonly backend: string
      readonly predicting: readonly [object, object]
      readonly training: readonly [object, object]
      readonly losses: readonly [number, number]
    }
    assert.is(found.backend, backend)
    assert.equal(found.predicting[1], found.predicting[0])
    assert.equal(found.training[1], found.training[0])
    assert.ok(found.losses[1] < found.losses[0] / 2, `${found.losses}`)
  })
}

s.run()
