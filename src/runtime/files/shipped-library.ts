import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Library } from '../../compiler/text/host.ts'

/** The standard library from the folder it is shipped in. */
export const shippedLibrary: Library = openLibrary()

function openLibrary(): Library {
  const here = path.dirname(fileURLToPath(import.meta.url))
  // the bundle stands in dist/, beside what was parsed when it was made; this source in src/runtime/files/
  const built = path.basename(here) === 'dist'
  const folder = path.join(here, built ? '../std' : '../../../std')
  const families = readdirSync(folder)
    .filter((file) => file.endsWith('.fmw') && file !== 'prelude.fmw')
    .map((file) => file.slice(0, -'.fmw'.length))
  const texts = new Map<string, string>()
  const read = (family: string): string => {
    const text = texts.get(family) ?? readFileSync(path.join(folder, `${family}.fmw`), 'utf8')
    texts.set(family, text)
    return text
  }
  return built
    ? { families, read, stored: (family) => readFileSync(path.join(here, 'library', `${family}.json`), 'utf8') }
    : { families, read }
}
