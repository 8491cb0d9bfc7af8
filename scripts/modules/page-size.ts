import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fmw from '../../src/unplugin/index.ts'
import { bundlePage, type PageSize } from './bundle-page.ts'

/** The plugin brings the kernels. */
const page = `import { LeNet5 } from './lenet5.fmw'

export async function read(weights, picture) {
  const net = await LeNet5.load(weights)
  return net.classify(picture)
}
`

/** Looks like a page to TensorFlow.js. */
const reader = `import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'
globalThis.window = globalThis
globalThis.document = {}
const { read } = await import('./page.mjs')
const [best] = await read(readFileSync(process.argv[2]), PNG.sync.read(readFileSync(process.argv[3])))
process.stdout.write(best.label)
`

interface LeNetPage extends PageSize {
  /** What the bundle says that a picture of a 7 is; without a kernel that it needs it says nothing. */
  readonly label: string
}

/** A page that loads LeNet-5 and classifies a picture: its module, the core of TensorFlow.js, and the kernels it needs on the CPU. */
export async function pageSize(): Promise<LeNetPage> {
  // packages are found from there
  const cache = path.resolve('node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'fmw-page-'))
  try {
    writeFileSync(path.join(folder, 'main.js'), page)
    for (const file of ['lenet5.fmw', 'digits.fmw']) copyFileSync(`examples/${file}`, path.join(folder, file))
    const size = await bundlePage(folder, path.join(folder, 'main.js'), [fmw.vite({ kernels: 'cpu', types: false })].flat())
    writeFileSync(path.join(folder, 'page.mjs'), size.code)
    writeFileSync(path.join(folder, 'reader.mjs'), reader)
    const args = [path.join(folder, 'reader.mjs'), 'examples/lenet5.safetensors', 'examples/data/7.png']
    return { ...size, label: execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
