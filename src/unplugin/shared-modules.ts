import path from 'node:path'
import type { Imports } from '../codegen/about.ts'
import { compiledRuntimeFiles } from '../codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../runtime/files/runtime-file.ts'

interface SharedModules {
  /** What is meant by an import, of `fmw/runtime` or, in what fmw emits, of `./fmw-runtime.js`. */
  readonly resolve: (id: string, isEmitted: boolean) => string | undefined
  /** As JavaScript. */
  readonly textOf: (id: string) => string | undefined
}

/** What modules that fmw emits import: each is one module, however many import it, that is nowhere on the disk. */
export function sharedModules(framework: string, imports: Imports): SharedModules {
  // packages that such a module imports are looked for from its place, where a bundler gives it one
  const place = framework === 'esbuild' || framework === 'bun' ? path.resolve('.') + path.sep : '\0'
  const modules = [...compiledRuntimeFiles(readRuntimeFile, imports)].filter(([file]) => file.endsWith('.js'))
  const entries = modules.map(([file, text]) => ({ file, text, id: place + file, name: file.replace(/^fmw-(.*)\.js$/, 'fmw/$1') }))
  return {
    resolve: (id, isEmitted) => entries.find((one) => id === one.id || id === one.name || (isEmitted && id === `./${one.file}`))?.id,
    textOf: (id) => entries.find((one) => one.id === id)?.text,
  }
}
