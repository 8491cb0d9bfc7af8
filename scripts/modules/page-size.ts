import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type BuildOptions } from 'esbuild'
import { PNG } from 'pngjs'
import { emit } from '../../src/index.ts'

/** What of TensorFlow.js computes LeNet-5; where one is missing, the page reads nothing. */
const kernels = ['Add', 'AvgPool', 'BatchMatMul', 'Cast', 'Concat', 'Conv2D', 'GatherV2', 'Multiply', 'Reshape', 'Sub', 'Sum', 'Tanh']

const entry = `import '@tensorflow/tfjs-backend-cpu/dist/base.js'
import { registerKernel } from '@tensorflow/tfjs-core'
${kernels.map((name) => `import { ${configOf(name)} } from '@tensorflow/tfjs-backend-cpu/dist/kernels/${name}.js'`).join('\n')}
import { LeNet5 } from './lenet5.ts'

for (const config of [${kernels.map(configOf).join(', ')}]) registerKernel(config)

export async function read(weights, picture) {
  const net = await LeNet5.load(weights)
  return net.classify(picture)
}
`

interface PageSize {
  readonly kilobytes: number
  readonly gzipped: number
  /** What the bundled page says that a picture of a 7 is. */
  readonly label: string
}

/** A page that loads LeNet-5 and classifies a picture: its module, the core of TensorFlow.js, and the kernels it needs on the CPU. */
export async function pageSize(): Promise<PageSize> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-page-'))
  try {
    const { files } = await emit(readFileSync('examples/lenet5.fmw', 'utf8'), { file: path.resolve('examples/lenet5.fmw') })
    for (const { path: name, text } of files) writeFileSync(path.join(folder, name), text)
    const options: BuildOptions = {
      stdin: { contents: entry, resolveDir: folder },
      bundle: true,
      minify: true,
      nodePaths: [path.resolve('node_modules')],
      logLevel: 'error',
    }
    const { outputFiles } = await build({ ...options, write: false, format: 'esm', platform: 'browser' })
    const bytes = outputFiles[0]?.contents ?? new Uint8Array()
    // the same for Node, which tells whether the kernels are enough
    const outfile = path.join(folder, 'page.cjs')
    await build({ ...options, outfile, format: 'cjs', platform: 'node', mainFields: ['module', 'main'] })
    const { read } = (await import(pathToFileURL(outfile).href)) as {
      readonly read: (weights: Uint8Array, picture: PNG) => Promise<readonly [{ readonly label: string }]>
    }
    const [{ label }] = await read(readFileSync('examples/lenet5.safetensors'), PNG.sync.read(readFileSync('examples/data/7.png')))
    return { kilobytes: bytes.length / 1000, gzipped: gzipSync(bytes).length / 1000, label }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function configOf(kernel: string): string {
  return `${kernel[0]?.toLowerCase()}${kernel.slice(1)}Config`
}
