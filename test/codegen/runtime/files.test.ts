import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Rank } from '@tensorflow/tfjs-core'
import { check } from 'prettier'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readRuntimeFile } from '../../../src/runtime/files/runtime-file.ts'
import { runtimeFiles } from '../../../src/codegen/tfjs/runtime-files.ts'
import { withBackend } from '../../backends.ts'
import { typeErrors } from './compiled.ts'
import { Small } from './small.ts'

const s = suite('the files that emitted modules import')

const files = runtimeFiles(readRuntimeFile)
const texts = Object.fromEntries(files)

const smallText = readFileSync(new URL('small.ts', import.meta.url), 'utf8').replace(
  /'[^']*\/fmw-runtime\.ts'/,
  "'./fmw-runtime.ts'",
)

s('are formatted as emitted modules are', async () => {
  for (const [name, text] of files) {
    assert.ok(await check(text, { parser: 'typescript', semi: false, singleQuote: true, printWidth: 120 }), name)
  }
})

s('pass the strictest TypeScript, in a page and in Node, together with a module that imports them', () => {
  assert.equal(typeErrors({ ...texts, 'small.ts': smallText }), [])
  assert.equal(typeErrors({ ...texts, 'small.ts': smallText }, { lib: ['lib.es2023.d.ts'], types: ['node'] }), [])
})

s('import TensorFlow.js from where they are told to, and nothing but it and each other', () => {
  for (const [name, text] of runtimeFiles(readRuntimeFile, { core: '@tensorflow/tfjs', ending: '.ts' })) {
    const imports = [...text.matchAll(/^(?:import|export) .*from '(.*)'$/gm)].map(([, from]) => from!)
    assert.ok(imports.includes('@tensorflow/tfjs'), name)
    assert.equal(
      imports.filter((from) => from !== '@tensorflow/tfjs' && !files.has(from.slice(2) as 'fmw-runtime.ts')),
      [],
    )
  }
})

s('compute what their sources do', async () => {
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/fmw-joined/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  try {
    for (const [name, text] of [...files, ['small.ts', smallText] as const]) writeFileSync(`${folder}${name}`, text)
    const joined = (await import(pathToFileURL(`${folder}small.ts`).href)) as { readonly Small: typeof Small }
    await withBackend('cpu', (tf) => {
      const inputs = { image: tf.ones<Rank.R4>([1, 8, 8, 1]), depth: tf.zeros<Rank.R4>([1, 8, 8, 1]) }
      const [own, other] = [Small, joined.Small].map((each) => each.init({ seed: 5 }).predict(inputs).logits.dataSync())
      assert.equal(own, other)
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

s.run()
