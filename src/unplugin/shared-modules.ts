import path from 'node:path'
import { runtimeFiles } from '../codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../runtime/files/runtime-file.ts'
import { stripTypes } from './strip-types.ts'

interface SharedModules {
  /** What is meant by an import, of `fmw/runtime` or, in what fmw emits, of `./fmw-runtime.ts`. */
  readonly resolve: (id: string, isEmitted: boolean) => string | undefined
  /** As JavaScript. */
  readonly textOf: (id: string) => string | undefined
}

/** What modules that fmw emits import: each is one module, however many import it, that is nowhere on the disk. */
export function sharedModules(framework: string): SharedModules {
  // packages that such a module imports are looked for from its place, where a bundler gives it one
  const place = framework === 'esbuild' || framework === 'bun' ? path.resolve('.') + path.sep : '\0'
  const entries = [...textsOfEntries().keys()].map((name) => ({ name, id: `${place}fmw-${name}.js` }))
  return {
    resolve: (id, isEmitted) =>
      entries.find((one) => id === one.id || id === `fmw/${one.name}` || (isEmitted && id === `./fmw-${one.name}.ts`))?.id,
    textOf: (id) => {
      const entry = entries.find((one) => one.id === id)
      return entry && textsOfEntries().get(entry.name)
    },
  }
}

let known: ReadonlyMap<string, string> | undefined

/** By what is between `fmw-` and `.ts` in their names. */
function textsOfEntries(): ReadonlyMap<string, string> {
  known ??= new Map(
    [...runtimeFiles(readRuntimeFile)].map(([file, text]) => [file.replace(/^fmw-(.*)\.ts$/, '$1'), stripTypes(text)]),
  )
  return known
}
