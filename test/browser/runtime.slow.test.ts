import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBrowser } from './chromium.ts'

const s = suite('what emitted modules have in common, in a page')

let browser: Browser
let server: Server

s.before(async () => {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/runtime-in-page.js'],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  const script = outputFiles[0]!.text
  server = createServer(({ url }, response) => {
    response.setHeader('content-type', url === '/page.js' ? 'text/javascript' : 'text/html')
    response.end(url === '/page.js' ? script : '<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
})

s.after(async () => {
  await browser?.close()
  server?.close()
})

s('stores weights, reads everything with pixels alike, names a page that is no file, and trains on the core alone', async () => {
  const page = await browser.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('"found" in window || "failed" in window')
  assert.is(await page.evaluate('window.failed'), undefined)
  const { scores, classes, refusal, losses } = (await page.evaluate('window.found')) as {
    readonly scores: Readonly<Record<string, unknown>>
    readonly classes: readonly string[]
    readonly refusal: string
    readonly losses: readonly number[]
  }
  const { canvas, ...others } = scores
  assert.is(Object.keys(others).length, 8)
  for (const [source, score] of Object.entries(others)) assert.equal(score, canvas, source)
  assert.equal(classes, ['cat', 'dog', 'owl'])
  assert.is(
    refusal,
    'Reader cannot take /nothing.safetensors: this is a web page (HTML), not a file of weights: is its address right?',
  )
  assert.ok(losses.at(-1)! < losses[0]! / 10, `${losses}`)
})

s.run()
