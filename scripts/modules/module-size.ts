import { readdirSync, readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { emit } from '../../src/index.ts'

/** What `fmw build` writes for a file, without what all modules have in common. */
export interface ModuleSize {
  readonly file: string
  readonly lines: number
  /** Of 1000 bytes, minified by esbuild. */
  readonly kilobytes: number
}

interface Measured {
  readonly file: string
  readonly model?: string
}

/** Every text below a folder. */
export const modelFiles = (folder: string): readonly Measured[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.fmw'))
    .sort()
    .map((file) => ({ file: `${folder}/${file}` }))

/** Of all models of each text that holds some, or of the one that is named. */
export async function moduleSizes(texts: readonly Measured[]): Promise<readonly ModuleSize[]> {
  const sizes: ModuleSize[] = []
  for (const { file, model } of texts) {
    const { files: emitted, diagnostics } = await emit(readFileSync(file, 'utf8'), { file, ...(model && { model }) })
    const wrong = diagnostics.filter(({ severity }) => severity === 'error')
    if (wrong.length > 0) throw new Error(`${file}: ${wrong.map(({ message }) => message).join('; ')}`)
    const [module] = emitted
    if (!module) continue
    const { code } = await transform(module.text, { loader: 'ts', minify: true, format: 'esm', target: 'es2022' })
    const lines = module.text.trimEnd().split('\n').length
    sizes.push({ file: model ? `${file} ${model}` : file, lines, kilobytes: Buffer.byteLength(code) / 1000 })
  }
  return sizes
}
