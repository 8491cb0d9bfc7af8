import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Library } from '../../compiler/text/host.ts'
import { isBundled, shipped } from './shipped.ts'

/** The standard library from the folder it is shipped in. */
export const shippedLibrary: Library = openLibrary()

function openLibrary(): Library {
  const folder = shipped('std')
  const families = readdirSync(folder)
    .filter((file) => file.endsWith('.fmw') && file !== 'prelude.fmw')
    .map((file) => file.slice(0, -'.fmw'.length))
  const texts = new Map<string, string>()
  const read = (family: string): string => {
    const text = texts.get(family) ?? readFileSync(path.join(folder, `${family}.fmw`), 'utf8')
    texts.set(family, text)
    return text
  }
  // what was parsed when the bundle was made
  return isBundled
    ? { families, read, stored: (family) => readFileSync(shipped(`dist/library/${family}.json`), 'utf8') }
    : { families, read }
}
