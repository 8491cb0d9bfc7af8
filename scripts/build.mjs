// Bundles the command line into dist/, where each command's part runs when it is asked for, so that `fmw check` loads neither
// TensorFlow.js nor a formatter; beside it the library, parsed, and the code that V8 makes of the bundle.
import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/main.cjs',
  bundle: true,
  // only scripts can be loaded with their code, and those that were cannot import
  format: 'cjs',
  supported: { 'dynamic-import': false },
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['@tensorflow/*', 'ajv', 'csv-parse', 'fflate', 'jpeg-js', 'pngjs', 'prettier', 'tinyglobby'],
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
})

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/store-library.ts'], { stdio: 'inherit' })
execFileSync(process.execPath, ['scripts/store-code.mjs'], { stdio: 'inherit' })
