import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'

export const nativeVersion = '4.22.0'

/** The folder that `fmw doctor --install-native` fills; it exists only when it is complete. */
export const nativeFolder = (cache: string = cacheFolder()): string =>
  join(cache, `tfjs-node-${nativeVersion}-${process.platform}-${process.arch}`)

/**
 * The main files of the installed `@tensorflow/tfjs-node`s, whether or not they load, in the order in which they are tried: the
 * one that npm put beside fmw, the one in the user's cache.
 */
export function findNativePackages(cache: string = cacheFolder()): readonly string[] {
  const entries = [resolveFrom(import.meta.url), nativePackageIn(nativeFolder(cache))]
  return [...new Set(entries.filter((entry) => entry !== undefined))]
}

/** The main file of the `@tensorflow/tfjs-node` that is installed in a project folder. */
export const nativePackageIn = (folder: string): string | undefined => resolveFrom(join(folder, 'package.json'))

/** The addon of an installed package, or undefined when npm did not download it. */
export function nativeLibrary(entry: string): string | undefined {
  const folder = join(dirname(entry), '..', 'lib')
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .map((version) => join(folder, version, 'tfjs_binding.node'))
    .find((path) => existsSync(path))
}

function resolveFrom(from: string): string | undefined {
  try {
    return createRequire(from).resolve('@tensorflow/tfjs-node')
  } catch {
    return undefined
  }
}
