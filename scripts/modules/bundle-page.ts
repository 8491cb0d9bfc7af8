import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'vite'

export interface PageSize {
  /** In units of 1000 bytes. */
  readonly kilobytes: number
  readonly gzipped: number
  readonly code: string
}

/** Bundles a script of a page with all that it imports into one, minified, and measures it. */
export async function bundlePage(folder: string, entry: string, plugins: readonly Plugin[]): Promise<PageSize> {
  const bundled = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [...plugins],
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { codeSplitting: false } } },
  })
  const outputs = [bundled].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [code, ...others] = outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
  if (code === undefined || others.length > 0) throw new Error(`Vite has made ${others.length + 1} scripts of ${entry}`)
  return { kilobytes: Buffer.byteLength(code) / 1000, gzipped: gzipSync(code).length / 1000, code }
}
