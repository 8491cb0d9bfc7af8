// Bundles the command line into dist/: one chunk per command, so that `fmw check` loads neither TensorFlow.js nor a formatter; beside
// it the library, parsed.
import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['@tensorflow/*', 'ajv', 'csv-parse', 'fflate', 'jpeg-js', 'pngjs', 'prettier', 'tinyglobby'],
  // commander is CommonJS and asks for Node's modules with require
  banner: { js: "import { createRequire as createRequireFmw } from 'node:module'; const require = createRequireFmw(import.meta.url);" },
  logLevel: 'warning',
})

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/store-library.ts'], { stdio: 'inherit' })
