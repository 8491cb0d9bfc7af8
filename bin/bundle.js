import { existsSync, readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import vm from 'node:vm'

const file = fileURLToPath(new URL('../dist/main.cjs', import.meta.url))

/** Where the code lies that V8 made of the bundle when it was built; no other version can read it. */
export const codeFile = `${file}.${process.version}-${process.platform}-${process.arch}`

/** The bundle as a script that runs with `requireOf`; with `code`, V8 has nothing to compile. */
export const scriptOf = (code) =>
  new vm.Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    cachedData: code,
  })

/** What the bundle exports. */
export function run(script) {
  const bundle = { exports: {} }
  script.runInThisContext()(bundle.exports, createRequire(file), bundle, file, dirname(file))
  return bundle.exports
}

/**
 * Most commands end before optimised code pays for itself. The V8 of Node 20 optimises so early that it takes as much processor
 * time as a whole `fmw check` of a small model; with a larger budget it leaves short runs alone. Later ones have no such flag and
 * no need.
 */
export function leaveShortRunsAlone() {
  if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
}

/** The bundle, from its stored code where there is some for this Node; others that can keep what they compile do. */
export function openBundle() {
  leaveShortRunsAlone()
  if (existsSync(codeFile)) return run(scriptOf(readFileSync(codeFile)))
  module.enableCompileCache?.()
  return createRequire(import.meta.url)(file)
}
