import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build } from '../cli/fmw.ts'
import { everyModule } from './every-module.ts'
import { strictest } from './runtime/compiled.ts'

const s = suite('every emitted module, of all examples and published networks')

const packages = path.resolve('node_modules')

/** Of TypeScript and of JavaScript. */
let folder: string
let inJavaScript: string

s.before(async () => {
  // where files find `@tensorflow/tfjs-core`
  mkdirSync(path.join(packages, '.cache'), { recursive: true })
  folder = mkdtempSync(path.join(packages, '.cache/fmw-strict-'))
  for (const [name, text] of await everyModule(['ts', 'types'])) writeFileSync(path.join(folder, name), text)
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

s.before(async () => {
  // what modules in JavaScript import is compiled when fmw is built
  await build()
  inJavaScript = mkdtempSync(path.join(packages, '.cache/fmw-strict-js-'))
  for (const [name, text] of await everyModule(['js'], false)) writeFileSync(path.join(inJavaScript, name), text)
  const compilerOptions = { ...strictest, skipLibCheck: false, allowJs: true, checkJs: true }
  writeFileSync(path.join(inJavaScript, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }))
})

s.after(() => {
  for (const one of [folder, inJavaScript]) rmSync(one, { recursive: true, force: true })
})

/** What a tool of a package says in a folder of modules: nothing, where it finds nothing. */
function found(cwd: string, tool: string, ...options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(packages, tool), ...options], { cwd, encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`
}

for (const [version, compiler] of [['5.9', 'typescript-5.9'], ['6', 'typescript'], ['7', 'typescript-7']] as const) {
  s(`passes TypeScript ${version} with every flag that makes it stricter`, () => {
    const { stdout } = spawnSync(process.execPath, [path.join(packages, compiler, 'bin/tsc'), '--version'], { encoding: 'utf8' })
    assert.ok(stdout.startsWith(`Version ${version}.`), stdout)
    assert.is(found(folder, `${compiler}/bin/tsc`, '-p', '.'), '')
  })

  s(`has types in JavaScript that pass TypeScript ${version}, in a project that checks its JavaScript`, () => {
    const lines = found(inJavaScript, `${compiler}/bin/tsc`, '-p', '.').split('\n')
    // with types, TypeScript checks those of TensorFlow.js, which have errors
    assert.equal(lines.filter((line) => /^[^ .]/.test(line)), [])
  })
}

s('passes the strictest rules of typescript-eslint, and turns none of them off', () => {
  assert.is(found(folder, 'eslint/bin/eslint.js', '--no-inline-config', '--max-warnings', '0', '.'), '')
})

s('is laid out as prettier does with 120 columns', () => {
  assert.is(found(folder, 'prettier/bin/prettier.cjs', '--check', '--no-semi', '--single-quote', '--print-width', '120', '*.ts'), '')
})

s.run()
