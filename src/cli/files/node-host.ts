import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Host } from '../../compiler/text/host.ts'
import { shippedLibrary } from '../../runtime/files/shipped-library.ts'
import { UsageError } from '../exit/exit.ts'
import { readText } from './read-text.ts'

/** Files from the disk, and the standard library from the folder it is shipped in. */
export const nodeHost: Host = {
  read: (file) => {
    try {
      return readText(file, file)
    } catch (error) {
      if (error instanceof UsageError) throw error
      return undefined
    }
  },
  filesBeside: (file) => {
    try {
      return readdirSync(path.dirname(file)).filter((name) => name.endsWith('.fmw'))
    } catch {
      // there is no such folder
      return []
    }
  },
  resolve: (specifier, from) => path.join(path.dirname(from), specifier),
  library: shippedLibrary,
}
