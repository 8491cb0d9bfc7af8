import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit, type EmitOptions } from '../../src/index.ts'
import { typeErrors } from './runtime/compiled.ts'

const s = suite('what modules in TypeScript import')

const file = 'examples/lenet5.fmw'

/** What the strictest TypeScript says of a module and of what it imports. */
async function errorsOf(options: EmitOptions, more: ts.CompilerOptions): Promise<readonly string[]> {
  const { files } = await emit(readFileSync(file, 'utf8'), { file, format: false, ...options })
  return typeErrors(Object.fromEntries(files.map((one) => [one.path, one.text])), more)
}

s('may be another package, whose types they have', async () => {
  const core = path.resolve('node_modules/@tensorflow/tfjs-core/dist/index.d.ts')
  assert.equal(await errorsOf({ import: '@tensorflow/tfjs' }, { paths: { '@tensorflow/tfjs': [core] } }), [])
  const [error] = await errorsOf({ import: '@tensorflow/no-such' }, {})
  assert.match(error ?? '', "Cannot find module '@tensorflow/no-such'")
})

const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
const resolutions = { 'nodenext js': {}, 'bundler js': bundler, 'bundler none': bundler }

for (const [asked, more] of Object.entries(resolutions)) {
  s(`is found without allowImportingTsExtensions: ${asked}`, async () => {
    const importExtension = asked.endsWith('js') ? 'js' : 'none'
    assert.equal(await errorsOf({ importExtension }, { ...more, allowImportingTsExtensions: false }), [])
  })
}

s.run()
