import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { Reporter } from '../src/compiler/diagnostics/diagnostics.ts'
import { render } from '../src/compiler/report/render.ts'
import { plainStyle } from '../src/compiler/report/style.ts'
import { statsOf } from '../src/compiler/facts/stats.ts'
import { printDim } from '../src/compiler/dim/print.ts'
import { opPages } from '../src/compiler/library/op-pages.ts'
import { Modules } from '../src/compiler/reading/module.ts'
import { build } from './cli/fmw.ts'
import { compileText } from './compile-text.ts'
import { inTemporaryFolder } from './runtime/temporary-folder.ts'

const readme = suite('README')

const text = readFileSync('README.md', 'utf8')
const fences = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, body]) => ({ language: language!, body: body! }))
const fence = (language: string): string => fences.find((one) => one.language === language)!.body

readme('the example gives exactly the diagnostic that is shown', () => {
  const { diagnostics } = compileText(fence('fmw'))
  assert.is(`${diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n')}\n`, fence('text'))
})

readme('the mended example has the numbers that are stated', () => {
  const { diagnostics, graphs } = compileText(fence('fmw').replace('fuse.add(a, b)', 'fuse.project(a, b, filters: 32)'))
  assert.equal(diagnostics, [])
  const { parameters, macs } = statsOf(graphs[0]!)
  assert.ok(text.includes(`${parameters.total.toLocaleString('en-US')} parameters`))
  assert.ok(text.includes(`\`${printDim(macs)}\` multiply-adds`), printDim(macs))
})

readme('the main command runs as written, after installation', async () => {
  const command = fences.find(({ language, body }) => language === 'sh' && body.includes('run examples/'))!.body.trim()
  const [install, run] = command.split(' && ')
  assert.is(install, 'npm ci')
  await build()
  // npx would install the clone into its cache first
  const { status, stdout, stderr } = spawnSync(run!.replace('npx fmw', 'node bin/fmw.js'), { shell: true, encoding: 'utf8' })
  assert.is(status, 0, stderr)
  assert.match(stdout, /^logits \[1, 10\]: logits, whose softmax gives the probabilities \(.*\)\n {2}7 {2}100\.00 % {2}-?[\d.]+\n/)
  assert.match(text, 'a 7, at 100.00 %')
  assert.match(stderr, /backend: (node|wasm)/)
})

readme('the commands of a page write what its script imports, and put where it is served what that loads', () =>
  inTemporaryFolder(async (folder) => {
    const commands = fences.find(({ language, body }) => language === 'sh' && body.includes('fmw build'))!.body
    mkdirSync(path.join(folder, 'node_modules'))
    symlinkSync(path.resolve('.'), path.join(folder, 'node_modules/fmw'))
    const own = commands.replaceAll('npx fmw', 'node node_modules/fmw/bin/fmw.js')
    const { status, stderr } = spawnSync('sh', ['-ec', own], { cwd: folder, encoding: 'utf8' })
    assert.is(status, 0, stderr)
    const script = fence('js')
    const [, module = ''] = /from '(\.\/models\/.+)'/.exec(script) ?? []
    const [, weights = ''] = /load\('\/(.+)'\)/.exec(script) ?? []
    for (const file of [path.join('src', module), path.join('public', weights)]) assert.ok(statSync(path.join(folder, file)).isFile(), file)
  }))

readme('the library gives what the example of docs/library.md says', async () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('docs/library.md', 'utf8')) ?? []
  const lines = code.split('\n')
  const asked = lines.map((line) => line.replace(/^(.+) \/\/ (.+)$/, 'claims.push([$1, $2])'))
  const module = `${asked.join('\n')}\n`.replace(/^import .*$/m, "$&\nexport const claims: [unknown, unknown][] = []")
  const file = path.resolve('test/.readme-example.tmp.ts')
  writeFileSync(file, module)
  try {
    const { claims } = (await import(pathToFileURL(file).href)) as { readonly claims: readonly [unknown, unknown][] }
    assert.is(claims.length, 6)
    for (const [actual, stated] of claims) assert.equal(actual, stated)
  } finally {
    rmSync(file)
  }
})

readme('the test command is the one of package.json', () => {
  assert.ok(fences.some(({ language, body }) => language === 'sh' && body.trim() === 'npm ci && npm test'))
  assert.match(readFileSync('package.json', 'utf8'), /"test": ".*scripts\/test\.mjs"/)
})

readme('the table of the language names ops that exist', () => {
  const table = text.slice(text.indexOf('## The language'), text.indexOf('[docs/ops]'))
  const named = [...table.matchAll(/`([a-z_.0-9]+)(?:\(|`)/g)].map(([, name]) => name!)
  const pages = opPages(new Modules(nodeHost, new Reporter()))
  assert.equal(named.filter((name) => !pages.has(name)), [])
  assert.ok(named.length > 20)
})

readme.run()
