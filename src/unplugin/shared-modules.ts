import path from 'node:path'
import type { Backend, Imports } from '../codegen/about.ts'
import { compiledRuntimeFiles } from '../codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../runtime/files/runtime-file.ts'
import { importAllKernels, kernelModules, packageModules } from './kernel-modules.ts'

export interface SharedModules {
  /** What is meant by an import, of `fmw/runtime` or, in what fmw emits, of `./fmw-runtime.js`. */
  readonly resolve: (id: string, isEmitted: boolean) => string | undefined
  /** What stands for a package of TensorFlow.js, where a backend is named. */
  readonly packageFor: (id: string) => string | undefined
  /** As JavaScript. */
  readonly textOf: (id: string) => string | undefined
}

/**
 * What modules that fmw emits import: each is one module, however many import it, that is nowhere on the disk.
 *
 * @param backend whose kernels models bring
 */
export function sharedModules(framework: string, imports: Imports, backend: Backend | undefined): SharedModules {
  // packages that such a module imports are looked for from its place, where a bundler gives it one
  const place = framework === 'esbuild' || framework === 'bun' ? path.resolve('.') + path.sep : '\0'
  const files = compiledRuntimeFiles(readRuntimeFile, imports)
  const kernels = backend ? kernelModules(backend) : () => undefined
  const packages = backend ? packageModules(backend) : new Map<string, string>()
  const textOf = (file: string): string | undefined => {
    if (!file.endsWith('.js')) return undefined
    const text = files.get(file) ?? kernels(file)
    return text !== undefined && backend && file === 'fmw-training.js' ? importAllKernels + text : text
  }
  const idOf = (file: string): string | undefined => (textOf(file) === undefined ? undefined : place + file)
  return {
    resolve: (id, isEmitted) => {
      if (id.startsWith(place)) return idOf(id.slice(place.length))
      if (id.startsWith('./')) return isEmitted ? idOf(id.slice('./'.length)) : undefined
      return id.startsWith('fmw/') ? idOf(`fmw-${id.slice('fmw/'.length)}.js`) : undefined
    },
    packageFor: (id) => {
      const file = packages.get(id)
      return file && place + file
    },
    textOf: (id) => (id.startsWith(place) ? textOf(id.slice(place.length)) : undefined),
  }
}
