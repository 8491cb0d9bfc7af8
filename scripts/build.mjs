// Bundles the command line into dist/, where each command's part runs when it is asked for, so that `fmw check` loads neither
// TensorFlow.js nor a formatter; beside it the package as a library with its types, the packages that both bring along, the files
// that emitted modules import, once more as JavaScript, the standard library, parsed, and the code that V8 makes of the command line.
import { execFileSync } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { packages } from './build/packages.mjs'
import { writeLicences } from './build/licences.mjs'

/** What Node loads, without the blanks that nobody reads. */
const forNode = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
}

const scripts = {
  ...forNode,
  format: 'cjs',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
}

await rm('dist', { recursive: true, force: true })
const bundles = await Promise.all([
  build({
    ...scripts,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/main.cjs',
    // only scripts can be loaded with their code, and those that were cannot import
    supported: { 'dynamic-import': false },
    external: ['@tensorflow/*'],
    plugins: [packages.besideTheBundle],
  }),
  build({
    ...forNode,
    entryPoints: { index: 'src/index.ts', unplugin: 'src/unplugin/index.ts', prettier: 'src/format/prettier.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    external: ['@tensorflow/*', 'unplugin'],
    plugins: [packages.besideTheBundle],
  }),
  build({ ...scripts, entryPoints: packages.entryPoints, outdir: 'dist', outExtension: { '.js': '.cjs' } }),
  // src/runtime/files/runtime-file.ts reads it
  cp('src/codegen/tfjs/runtime', 'dist/runtime', { recursive: true, filter: (file) => !file.endsWith('.md') }),
])
writeLicences('dist/licences.txt', bundles.flatMap((bundle) => bundle?.metafile ?? []))

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build/store.ts'], { stdio: 'inherit' })
execFileSync(process.execPath, ['scripts/build/store-code.mjs'], { stdio: 'inherit' })
