// What a page with LeNet-5 loads by fmw, and by other ways to run a network in a page:
//
//   node --import tsx scripts/compare-pages.ts
//
// Each page is bundled by Vite and minified, with what loads the model and without its weights. That of fmw on the CPU reads a digit; the others are not run, since
// other programs would have to make their models. They are installed from the registry into a folder that is removed again.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { version } from 'vite'
import { emit } from '../src/index.ts'
import fmw from '../src/unplugin/index.ts'
import { bundlePage, type PageSize } from './modules/bundle-page.ts'
import { pageSize } from './modules/page-size.ts'

const versions = {
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-cpu': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
  '@tensorflow/tfjs-converter': '4.22.0',
  '@tensorflow/tfjs-layers': '4.22.0',
  'onnxruntime-web': '1.30.0',
  '@litertjs/core': '2.5.3',
}

interface Page {
  readonly name: string
  readonly script: string
  /** The plugin's option. */
  readonly kernels?: 'cpu' | 'wasm'
  /** What it fetches beside its script, of packages. */
  readonly fetched: readonly string[]
}

/** The core without its registration of optimisers, and the kernels that LeNet-5 needs, as for fmw. */
const sameKernels = "import './lenet5.kernels.ts'\nimport * as tf from '@tensorflow/tfjs-core'\n"
const answer = '.predict(tf.tensor4d(values, [1, 32, 32, 1])).data()\n'

const others: readonly Page[] = [
  {
    name: 'tfjs-converter, loadGraphModel, CPU',
    kernels: 'cpu',
    script: `${sameKernels}import { loadGraphModel } from '@tensorflow/tfjs-converter'
export const read = async (url, values) => (await loadGraphModel(url))${answer}`,
    fetched: [],
  },
  {
    name: 'tfjs-layers, loadLayersModel, CPU',
    kernels: 'cpu',
    script: `${sameKernels}import { loadLayersModel } from '@tensorflow/tfjs-layers'
export const read = async (url, values) => (await loadLayersModel(url))${answer}`,
    fetched: [],
  },
  {
    name: 'onnxruntime-web, WebAssembly',
    script: `import { InferenceSession, Tensor } from 'onnxruntime-web/wasm'
export const read = async (url, values) => (await InferenceSession.create(url)).run({ image: new Tensor('float32', values, [1, 32, 32, 1]) })
`,
    fetched: ['onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'],
  },
  {
    name: 'LiteRT.js, WebAssembly',
    script: `import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core'
export async function read(wasm, url, values) {
  await loadLiteRt(wasm)
  return (await loadAndCompile(url, { accelerator: 'wasm' })).run(new Tensor(values, [1, 32, 32, 1]))
}
`,
    fetched: ['@litertjs/core/wasm/litert_wasm_internal.js', '@litertjs/core/wasm/litert_wasm_internal.wasm'],
  },
]

const read = 'export const read = async (weights, picture) => (await LeNet5.load(weights)).classify(picture)\n'

const own: readonly Page[] = [
  {
    name: 'fmw, CPU, its kernels file without the plugin',
    script: `import './lenet5.kernels.ts'\nimport { LeNet5 } from './lenet5.ts'\n${read}`,
    fetched: [],
  },
  {
    name: 'fmw, CPU, all kernels',
    script: `import '@tensorflow/tfjs-backend-cpu'\nimport { LeNet5 } from './lenet5.fmw'\n${read}`,
    fetched: [],
  },
  {
    name: 'fmw, WebAssembly',
    kernels: 'wasm',
    script: `import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { LeNet5 } from './lenet5.fmw'
export async function read(wasm, weights, picture) {
  setWasmPaths(wasm)
  return (await LeNet5.load(weights)).classify(picture)
}
`,
    fetched: ['@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'],
  },
]

const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-pages-'))
try {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: versions }))
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' })
  const { files } = await emit(readFileSync('examples/lenet5.fmw', 'utf8'), { file: path.resolve('examples/lenet5.fmw'), kernels: 'cpu' })
  for (const { path: name, text } of files) writeFileSync(path.join(folder, name), text)
  for (const name of ['lenet5.fmw', 'digits.fmw']) writeFileSync(path.join(folder, name), readFileSync(`examples/${name}`))

  const smallest = await pageSize()
  if (smallest.label !== '7') throw new Error(`the page reads a 7 as ${smallest.label}`)
  console.log(`bundled by Vite ${version}, in kB (1000 bytes), minified / gzipped\n`)
  console.log('| page | scripts | WebAssembly |\n| --- | --- | --- |')
  console.log(row('fmw, CPU', smallest, []))
  for (const { name, script, kernels, fetched } of [...own, ...others]) {
    const entry = path.join(folder, 'main.js')
    writeFileSync(entry, script)
    const plugins = [fmw.vite({ types: false, ...(kernels && { kernels }) })].flat()
    console.log(row(name, await bundlePage(folder, entry, plugins), fetched))
  }
  console.log(`\n${Object.entries(versions).map(([name, one]) => `${name} ${one}`).join(', ')}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function row(name: string, { code }: PageSize, fetched: readonly string[]): string {
  const files = fetched.map((file) => ({ file, bytes: readFileSync(path.join(folder, 'node_modules', file)) }))
  const scripts = [Buffer.from(code), ...files.filter(({ file }) => file.endsWith('.js')).map(({ bytes }) => bytes)]
  return `| ${name} | ${sizes(scripts)} | ${sizes(files.filter(({ file }) => file.endsWith('.wasm')).map(({ bytes }) => bytes))} |`
}

function sizes(files: readonly Uint8Array[]): string {
  if (files.length === 0) return ''
  const kilobytes = (lengths: readonly number[]): string => Math.round(lengths.reduce((sum, length) => sum + length, 0) / 1000).toLocaleString('en-US')
  return `${kilobytes(files.map(({ length }) => length))} / ${kilobytes(files.map((file) => gzipSync(file).length))}`
}
