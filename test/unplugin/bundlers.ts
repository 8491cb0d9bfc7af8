import path from 'node:path'
import { build as esbuild } from 'esbuild'
import { rollup, type Plugin } from 'rollup'
import { build as vite } from 'vite'
import webpack from 'webpack'
import fmw, { type PluginOptions } from '../../src/unplugin/index.ts'

const tensorflow = /^@tensorflow\//

interface BundleOptions extends PluginOptions {
  /** For a page, with TensorFlow.js in the bundle. */
  readonly isPage?: boolean
}

/** Bundles the entry of a folder into a module beside it, TensorFlow.js left out. */
type Bundle = (folder: string, entry: string, out: string, options?: BundleOptions) => Promise<void>

export const bundlers: Readonly<Record<string, Bundle>> = {
  esbuild: async (_, entry, outfile, { isPage = false, ...options } = {}) => {
    await esbuild({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      external: isPage ? [] : ['@tensorflow/*'],
      plugins: [fmw.esbuild(options)],
      logLevel: 'silent',
    })
  },
  rollup: async (_, input, file, { isPage = false, ...options } = {}) => {
    const plugins = [fmw.rollup(options), ...(isPage ? [found] : [])]
    const bundle = await rollup({ input, external: isPage ? [] : tensorflow, plugins })
    await bundle.write({ file, format: 'esm' })
  },
  vite: async (folder, entry, out, { isPage = false, ...options } = {}) => {
    await vite({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [fmw.vite(options)],
      build: {
        lib: { entry, formats: ['es'], fileName: () => path.basename(out) },
        outDir: path.dirname(out),
        emptyOutDir: false,
        minify: false,
        rolldownOptions: { external: isPage ? [] : tensorflow },
      },
    })
  },
  webpack: async (context, entry, out, { isPage = false, ...options } = {}) => {
    const compiler = webpack({
      mode: 'none',
      context,
      entry,
      target: isPage ? 'web' : 'node',
      experiments: { outputModule: true },
      output: { path: path.dirname(out), filename: path.basename(out), module: true, library: { type: 'module' } },
      externals: isPage ? [] : [tensorflow],
      externalsType: 'module',
      plugins: [fmw.webpack(options)],
    })
    const errors = await new Promise<readonly { readonly message: string }[]>((resolve, reject) =>
      compiler.run((error, stats) => (error ? reject(error) : resolve(stats?.compilation.errors ?? []))),
    )
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  },
}


/** Finds TensorFlow.js for Rollup, which looks for no packages; what of it is for Node alone stays outside. */
const found: Plugin = {
  name: 'found',
  resolveId(source, importer = '') {
    if (source.startsWith('@tensorflow/')) {
      const [, name = '', rest = 'dist/index.js'] = /^(@tensorflow\/[^/]+)\/?(.+)?$/.exec(source) ?? []
      return path.resolve('node_modules', name, rest)
    }
    if (!importer.includes('node_modules')) return null
    return source.startsWith('.') ? `${path.resolve(path.dirname(importer), source).replace(/\.js$/, '')}.js` : { id: source, external: true }
  },
}
