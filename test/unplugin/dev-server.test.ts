import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createServer, type ViteDevServer } from 'vite'
import fmw from '../../src/unplugin/index.ts'
import { transformModel } from '../../src/unplugin/transform-model.ts'
import { build as buildFmw } from '../cli/fmw.ts'
import { withPage } from './page.ts'

const s = suite('models in Vite while they are written')

// what models have in common is compiled when fmw is built
s.before(buildFmw)

const model = `import { Step } from "./step.fmw"

model Net {
  input image: [8, 8, 3]
  output maps = image |> Step
}
`
const step = 'block Step(x: [H, W, C]) -> [_, _, 4] { return x |> conv(4, 3x3) |> relu }\n'
const misspelt = step.replace('relu', 'rleu')
const page = { 'main.js': "import * as net from './net.fmw'\nconsole.log(net)\n", 'net.fmw': model, 'step.fmw': step }

interface Served {
  readonly server: ViteDevServer
  /** What a page gets for a module, or the error. */
  readonly get: (url: string) => Promise<{ readonly code: string } | { readonly error: Failed }>
  readonly write: (name: string, text: string) => void
  /** Waits until the page is told to load itself again. */
  readonly reloaded: () => Promise<void>
}

interface Failed {
  readonly message: string
  readonly frame?: string
  readonly stack?: string
  readonly loc?: unknown
}

const served = (files: Readonly<Record<string, string>>, run: (page: Served, folder: string) => Promise<void>): Promise<void> =>
  withPage(files, async (folder) => {
    const server = await createServer({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [fmw.vite()],
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, ws: false },
    })
    let told = 0
    const { hot } = server.environments.client
    const send = hot.send.bind(hot) as (payload: unknown) => void
    Object.assign(hot, {
      send: (payload: { readonly type?: string }) => {
        if (payload.type === 'full-reload') told++
        send(payload)
      },
    })
    let seen = 0
    try {
      await run(
        {
          server,
          get: async (url) => {
            try {
              return { code: (await server.transformRequest(url))?.code ?? '' }
            } catch (error) {
              return { error: error as Failed }
            }
          },
          write: (name, text) => writeFileSync(path.join(folder, name), text),
          reloaded: async () => {
            for (let i = 0; i < 200 && told === seen; i++) await pause(25)
            assert.ok(told > seen, 'the page was not told')
            seen = told
          },
        },
        folder,
      )
    } finally {
      await server.close()
    }
  })

s('the runtime is one module for all models', () =>
  served({ ...page, 'other.fmw': model.replace('Net', 'Other') }, async ({ server, get }) => {
    for (const url of ['/net.fmw', '/other.fmw']) assert.ok('code' in (await get(url)), url)
    const importers = ['net.fmw', 'other.fmw'].map((name) => path.join(server.config.root, name))
    const ids = await Promise.all(
      importers.map(async (importer) => (await server.environments.client.pluginContainer.resolveId('./fmw-runtime.js', importer))?.id),
    )
    assert.is(ids[0], ids[1])
    const loaded = await server.environments.client.pluginContainer.load(ids[0]!)
    const code = typeof loaded === 'string' ? loaded : (loaded?.code ?? '')
    assert.match(code, "import * as tf from '@tensorflow/tfjs-core'")
    assert.not.match(code, /\binterface\b/)
  }))

s('what modules have in common has a name of its own, and what training needs imports the same module', () =>
  served(page, async ({ server }) => {
    const { pluginContainer } = server.environments.client
    const idOf = async (name: string, importer: string): Promise<string | undefined> => (await pluginContainer.resolveId(name, importer))?.id
    const main = path.join(server.config.root, 'main.js')
    const training = await idOf('fmw/training', main)
    assert.ok(training)
    const runtime = await idOf('fmw/runtime', main)
    assert.is(await idOf('./fmw-runtime.js', path.join(server.config.root, 'net.fmw')), runtime)
    assert.is(await idOf('./fmw-runtime.js', training), runtime)
    assert.is(await idOf('./fmw-runtime.js', main), undefined)
  }))

s('a mistake is shown at its place in the file that it is in, with the lines', () =>
  served({ ...page, 'step.fmw': misspelt }, async ({ get }, folder) => {
    const found = await get('/net.fmw')
    if (!('error' in found)) throw new Error('there is no error')
    const file = path.join(folder, 'step.fmw')
    assert.is(found.error.message, 'there is no name rleu (name/unknown)')
    assert.equal(found.error.loc, { file, line: 1, column: misspelt.indexOf('rleu') + 1 })
    assert.match(found.error.frame ?? '', `${file}:1:${misspelt.indexOf('rleu') + 1}\n`)
    assert.match(found.error.frame ?? '', `1 | ${misspelt.trim()}\n`)
    assert.match(found.error.frame ?? '', 'did you mean relu?')
  }))

s('a parameter that there is not is shown as a mistake, without a stack; the page comes when the model has it', () =>
  served({ ...page, 'main.js': "import * as net from './net.fmw?set=width=3'\nconsole.log(net)\n" }, async ({ get, write, reloaded }) => {
    await get('/main.js')
    const found = await get('/net.fmw?set=width=3')
    if (!('error' in found)) throw new Error('there is no error')
    assert.match(found.error.message, 'net.fmw: no model has a parameter width')
    assert.is(found.error.stack, undefined)
    write('net.fmw', model.replace('Net', 'Net(width: int)'))
    await reloaded()
    assert.ok('code' in (await get('/net.fmw?set=width=3')))
  }))

s('all that is wrong is shown', () =>
  served({ ...page, 'net.fmw': model.replace('Step\n}', 'Stp\n  output more = y\n}') }, async ({ get }) => {
    const found = await get('/net.fmw')
    if (!('error' in found)) throw new Error('there is no error')
    assert.match(found.error.message, 'no name Stp')
    assert.match(found.error.frame ?? '', 'error[name/unknown]: there is no name y')
  }))

s('a change of an imported file reaches the page', () =>
  served(page, async ({ get, write, reloaded }) => {
    await get('/main.js')
    const before = await get('/net.fmw')
    write('step.fmw', step.replaceAll('4', '5'))
    await reloaded()
    const after = await get('/net.fmw')
    assert.ok('code' in before && 'code' in after)
    assert.is.not(before.code, after.code)
  }))

s('a mistake that is mended where it was reaches a page that never had the model', () =>
  served({ ...page, 'step.fmw': misspelt }, async ({ get, write, reloaded }) => {
    await get('/main.js')
    assert.ok('error' in (await get('/net.fmw')))
    write('step.fmw', step)
    await reloaded()
    assert.ok('code' in (await get('/net.fmw')))
  }))

s('a mistake in the file itself that is mended reaches a page that never had the model', () =>
  served({ ...page, 'net.fmw': model.replace('|> Step', '|> Stp') }, async ({ get, write, reloaded }) => {
    await get('/main.js')
    assert.ok('error' in (await get('/net.fmw')))
    write('net.fmw', model)
    await reloaded()
    assert.ok('code' in (await get('/net.fmw')))
  }))

s('a file that was missing reaches the page when it is there', () => {
  const { 'main.js': entry, 'net.fmw': net } = page
  return served({ 'main.js': entry, 'net.fmw': net }, async ({ get, write, reloaded }) => {
    await get('/main.js')
    assert.ok('error' in (await get('/net.fmw')))
    write('step.fmw', step)
    await reloaded()
    assert.ok('code' in (await get('/net.fmw')))
  })
})

for (const [name, most] of [['lenet5', 150], ['resnet50', 450]] as const) {
  s(`a change of ${name} is there at once`, async () => {
    const file = `examples/${name}.fmw`
    const text = readFileSync(file, 'utf8')
    const times: number[] = []
    for (let i = 0; i < 12; i++) {
      // the processor's time: a machine that is busy with other things does not count
      const start = process.cpuUsage()
      assert.match((await transformModel(`${text}\n// ${i}\n`, { file })).code, 'import * as tf')
      const { user, system } = process.cpuUsage(start)
      times.push((user + system) / 1000)
    }
    const fastest = Math.min(...times.slice(2))
    console.log(`  a warm transform of ${name} takes ${fastest.toFixed(0)} ms`)
    assert.ok(fastest <= most, `${fastest} ms`)
  })
}

s.run()
