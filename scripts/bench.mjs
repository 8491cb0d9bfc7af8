// Runs the measurements under bench/ that the words on the command line select (all without any), each in a process of its own and
// bundled as the command line is, so that what is measured is what users run.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const words = process.argv.slice(2)
const chosen = readdirSync('bench')
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
if (chosen.length === 0) {
  console.error(`no benchmark is called ${words.join(' ')}`)
  process.exit(2)
}

await import('./build.mjs')
// from there the standard library is where the sources expect it: three folders up
const outdir = 'dist/bench/bundled'
await build({
  entryPoints: chosen.map((file) => `bench/${file}`),
  outdir,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  external: ['@tensorflow/*', 'ajv'],
  logLevel: 'warning',
})

console.log(`Node ${process.versions.node}, ${process.platform}-${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), load ${loadavg()[0].toFixed(1)}`)
for (const file of chosen) {
  console.log(`\n# ${file}`)
  const { status } = spawnSync(process.execPath, ['--expose-gc', `${outdir}/${file.replace(/\.ts$/, '.mjs')}`], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
