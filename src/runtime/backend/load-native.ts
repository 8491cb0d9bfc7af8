import { createRequire } from 'node:module'
import util from 'node:util'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { loadCore } from './load-tfjs.ts'
import { nativeLibrary } from './native-package.ts'

/**
 * Loads tfjs-node: its own namespace, whose copy of TensorFlow.js (from the cache, another one than fmw's) shares one engine, one
 * kernel and one gradient registry with every other copy of that version, through `globalThis`.
 *
 * @param entry the absolute path of its main file
 * @throws Error in plain words
 */
export function loadNative(entry: string): Tfjs {
  if (nativeLibrary(entry) === undefined) {
    throw new Error('its native library is missing (the download that npm runs failed or was not allowed)')
  }
  replaceOldUtilities()
  // 2 hides the information and the warnings that TensorFlow writes past Node to the terminal
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  const requireThere = createRequire(entry)
  loadCore(requireThere.resolve('@tensorflow/tfjs'))
  return requireThere(entry) as Tfjs
}

/** tfjs-node 4.22 calls two functions of `node:util` that Node 22 warns of and Node 23 has no more. */
function replaceOldUtilities(): void {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined, isArray: Array.isArray })
}
