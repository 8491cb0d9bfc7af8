import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build as bundle, createServer, preview, type Plugin } from 'vite'
import { build, fmw, root } from '../cli/fmw.ts'
import plugin from '../../src/unplugin/index.ts'
import { openBrowser } from './chromium.ts'

const s = suite('a page in a browser')

interface Score {
  readonly label: string
  readonly probability: number
}

const made = mkdtempSync(path.join(root, 'page-'))
/** In the repository, so that packages are found from there; the name keeps git away. */
const folder = `${made}.tmp`
renameSync(made, folder)
const project = path.join(folder, 'digits')
/** Of the model, as the project was made with. */
let types: string
let browser: Browser
let address: string
let close: () => Promise<void>

s.before(async () => {
  await build()
  assert.is((await fmw(['new', 'digits'], { cwd: folder })).code, 0)
  types = readFileSync(path.join(project, 'src/lenet5.d.fmw.ts'), 'utf8')
  rmSync(path.join(project, 'src/lenet5.d.fmw.ts'))
  mkdirSync(path.join(project, 'node_modules'))
  symlinkSync(root, path.join(project, 'node_modules/fmw'))
  for (const file of readdirSync('test/browser/page')) {
    copyFileSync(`test/browser/page/${file}`, path.join(project, file.endsWith('.html') ? file : `src/${file}`))
  }
  copyFileSync('examples/data/7.png', path.join(project, 'src/7.png'))
  const input = { index: path.join(project, 'index.html'), check: path.join(project, 'check.html') }
  await bundle({ root: project, logLevel: 'silent', build: { rolldownOptions: { input } } })
  const server = await preview({ root: project, logLevel: 'silent', preview: { host: '127.0.0.1', port: 0 } })
  close = () => server.close()
  address = server.resolvedUrls?.local[0] ?? ''
  browser = await openBrowser()
})

s.after(async () => {
  await browser?.close()
  await close?.()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens a page of the server, and fails with what goes wrong in it. */
async function opened(file: string): Promise<Page> {
  const page = await browser.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${address}${file}`)
  return page
}

/** The scores agree with those of the command line. */
function areThoseOfRun(found: readonly Score[], wanted: readonly Score[]): void {
  assert.is(found[0]?.label, '7')
  assert.is(found.length, 10)
  for (const { label, probability } of wanted) {
    const own = found.find((score) => score.label === label)
    assert.ok(own && Math.abs(own.probability - probability) < 1e-4, `${label}: ${own?.probability} against ${probability}`)
  }
}

const run = ['run', 'examples/lenet5.fmw', '--weights', 'examples/lenet5.safetensors', '--input', 'image=examples/data/7.png']

/** What the command line says of the same picture. */
async function scoresOfRun(): Promise<readonly Score[]> {
  const { stdout } = await fmw([...run, '--top', '10', '--json', '--backend', 'wasm'])
  const { outputs } = JSON.parse(stdout) as { readonly outputs: { readonly logits: { readonly top: readonly (readonly (Score & { index: number })[])[] } } }
  return (outputs.logits.top[0] ?? []).map(({ label, index, probability }) => ({ label: label ?? String(index), probability }))
}

s('has types, also of what is imported from the model', () => {
  const { status, stdout } = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8' })
  assert.is(status, 0, stdout)
})

s('has the types that the plugin writes', () => {
  const written = readFileSync(path.join(project, 'src/lenet5.d.fmw.ts'), 'utf8')
  assert.is(written, types)
})

for (const [backend, inWorker] of [['wasm', false], ['webgl', false], ['wasm', true]] as const) {
  s(`reads what fmw run reads, on ${backend}${inWorker ? ' in a worker' : ''}`, async () => {
    const wanted = await scoresOfRun()
    const page = await opened('check.html')
    await page.waitForFunction('"check" in window')
    const found = (await page.evaluate(`check('${backend}', ${inWorker})`)) as readonly Score[]
    await page.close()
    areThoseOfRun(found, wanted)
  })
}

s('reads the same on webgl with no kernels but those that the network needs', async () => {
  const settings = { root: project, configFile: false, logLevel: 'silent' } as const
  const plugins = (): readonly Plugin[] => [plugin.vite({ kernels: 'webgl', types: false })].flat()
  const build = { outDir: 'webgl', rolldownOptions: { input: path.join(project, 'check.html') }, target: 'es2022' }
  await bundle({ ...settings, plugins: [...plugins()], worker: { format: 'es', plugins: () => [...plugins()] }, build })
  const server = await preview({ ...settings, build, preview: { host: '127.0.0.1', port: 0 } })
  const page = await browser.newPage()
  try {
    await page.goto(`${server.resolvedUrls?.local[0]}check.html`)
    await page.waitForFunction('"check" in window', undefined, { timeout: 60_000 })
    areThoseOfRun((await page.evaluate("check('webgl', false)")) as readonly Score[], await scoresOfRun())
  } finally {
    await page.close()
    await server.close()
  }
})

s('a digit that is drawn is read', async () => {
  const page = await opened('index.html')
  await page.waitForFunction('document.getElementById("status").textContent.startsWith("ready")')
  const box = await page.locator('#picture').boundingBox()
  assert.ok(box)
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height]
  await page.mouse.move(...at(0.5, 0.22))
  await page.mouse.down()
  for (let i = 1; i <= 20; i++) await page.mouse.move(...at(0.5, 0.22 + 0.028 * i))
  await page.mouse.up()
  await page.waitForSelector('#classes li')
  const rows = await page.locator('#classes li').allTextContents()
  assert.is(rows.length, 10)
  assert.match(rows[0] ?? '', /^1/)
  await page.click('#clear')
  assert.is(await page.locator('#classes li').count(), 0)
  await page.close()
})

s('while it is written, a mistake stands over the page with its place and its lines, and goes when it is mended', async () => {
  const server = await createServer({ root: project, logLevel: 'silent', server: { host: '127.0.0.1', port: 0, fs: { allow: [root] } } })
  await server.listen()
  const page = await browser.newPage()
  try {
    const file = path.join(project, 'src/lenet5.fmw')
    const text = readFileSync(file, 'utf8')
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.waitForFunction('document.getElementById("status").textContent.startsWith("ready")', undefined, { timeout: 60_000 })
    writeFileSync(file, text.replace('Subsample(c1)', 'Subsamples(c1)'))
    const overlay = page.locator('vite-error-overlay')
    await overlay.waitFor({ state: 'attached', timeout: 30_000 })
    const shown = async (part: string): Promise<string> => (await overlay.locator(`.${part}`).first().textContent()) ?? ''
    assert.match(await shown('message'), 'there is no name Subsamples')
    assert.match(await shown('file'), /lenet5\.fmw:\d+:\d+/)
    assert.match(await shown('frame'), 'did you mean Subsample?')
    writeFileSync(file, text)
    await overlay.waitFor({ state: 'detached', timeout: 30_000 })
    await page.waitForFunction('document.getElementById("status").textContent.startsWith("ready")', undefined, { timeout: 60_000 })
  } finally {
    await page.close()
    await server.close()
  }
})

s.run()
