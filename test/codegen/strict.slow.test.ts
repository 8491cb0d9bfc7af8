import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { everyModule } from './every-module.ts'
import { strictest } from './runtime/compiled.ts'

const s = suite('every emitted module, of all examples and published networks')

const packages = path.resolve('node_modules')

let folder: string

s.before(async () => {
  // where files find `@tensorflow/tfjs-core`
  mkdirSync(path.join(packages, '.cache'), { recursive: true })
  folder = mkdtempSync(path.join(packages, '.cache/fmw-strict-'))
  for (const [name, text] of await everyModule()) writeFileSync(path.join(folder, name), text)
  const compilerOptions = { ...strictest, allowArbitraryExtensions: true, paths: { 'fmw/runtime': ['./fmw-runtime.ts'] } }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  writeFileSync(
    path.join(folder, 'eslint.config.mjs'),
    `import tseslint from 'typescript-eslint'

export default tseslint.config({
  files: ['*.ts'],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
})
`,
  )
})

s.after(() => rmSync(folder, { recursive: true, force: true }))

/** What a tool of a package says in the folder of the modules: nothing, where it finds nothing. */
function found(tool: string, ...options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(packages, tool), ...options], { cwd: folder, encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`
}

for (const [version, compiler] of [['5.9', 'typescript-5.9'], ['6', 'typescript'], ['7', 'typescript-7']] as const) {
  s(`passes TypeScript ${version} with every flag that makes it stricter`, () => {
    const { stdout } = spawnSync(process.execPath, [path.join(packages, compiler, 'bin/tsc'), '--version'], { encoding: 'utf8' })
    assert.ok(stdout.startsWith(`Version ${version}.`), stdout)
    assert.is(found(`${compiler}/bin/tsc`, '-p', '.'), '')
  })
}

s('passes the strictest rules of typescript-eslint, and turns none of them off', () => {
  assert.is(found('eslint/bin/eslint.js', '--no-inline-config', '--max-warnings', '0', '.'), '')
})

s('is laid out as prettier does with 120 columns', () => {
  assert.is(found('prettier/bin/prettier.cjs', '--check', '--no-semi', '--single-quote', '--print-width', '120', '*.ts'), '')
})

s.run()
