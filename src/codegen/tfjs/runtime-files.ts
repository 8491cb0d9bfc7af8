import { usualCore, type Imports } from '../about.ts'
import { sharedHeading } from '../headings.ts'

/** The files that emitted modules import: each is an entry of the room `runtime`. */
const entries = ['fmw-runtime.ts', 'fmw-training.ts'] as const

type RuntimeFile = (typeof entries)[number]

/** Gives a file of the room `runtime`, by its path there, or what its entries are compiled to. */
type Read = (file: string) => string

/**
 * The files that emitted modules import, by name: each is an entry joined with the files that it imports, which exports what the
 * entry does. They are the same for all models.
 */
export const runtimeFiles = (
  read: Read,
  imports: Imports = { core: usualCore, ending: '.ts' },
): ReadonlyMap<RuntimeFile, string> =>
  new Map(entries.map((entry) => [entry, importing(joined(entry, read), imports)]))

/** The same in JavaScript, each with its types, which the build of fmw makes of them. */
export const compiledRuntimeFiles = (read: Read, imports: Imports): ReadonlyMap<string, string> =>
  new Map(
    entries
      .flatMap((entry) => ['js', 'd.ts'].map((ending) => entry.replace(/ts$/, ending)))
      .map((file) => [file, importing(read(file), imports)]),
  )

const coreImport = /^import (?:type )?\* as tf from '@tensorflow\/tfjs-core'\n/gm
const relativeImport = /^import [^'*]* from '(\.[^']+)'\n/gm
const entryName = /'\.\/(fmw-\w+)\.[jt]s'/g
const exportList = /^export \{([^}]*)\} from '(\.[^']+)'\n/gm
const exported = /^export (?=(?:const|function|class|interface|type) (\w+))/gm

function joined(entry: RuntimeFile, read: Read): string {
  const listed = [...read(entry).matchAll(exportList)].flatMap(([, names]) => names!.match(/\w+/g) ?? [])
  const bodyOf = (file: string): string =>
    [coreImport, relativeImport, exportList]
      .reduce((text, statements) => text.replace(statements, ''), read(file))
      .replace(exported, (word, name: string) => (listed.includes(name) ? word : ''))
      .trim()
  const sections = filesOf(entry, read).map((file) => `// ${file.replace(/\.ts$/, '')}\n\n${bodyOf(file)}`)
  const own = bodyOf(entry)
  const foreign = [...read(entry).matchAll(relativeImport)].filter(([, from]) => isEntry(fileAt(from!, entry)))
  const imports = [`import * as tf from '${usualCore}'\n`, ...foreign.map(([statement]) => statement)].join('').trim()
  return `${[sharedHeading, imports, ...sections, ...(own === '' ? [] : [own])].join('\n\n')}\n`
}

/** A file with what it imports, and what it tells others to import, where that is. */
const importing = (text: string, { core, ending }: Imports): string =>
  text
    .replace(coreImport, (line) => line.replace(usualCore, () => core))
    .replace(entryName, (_, name: string) => `'./${name}${ending}'`)

/**
 * What an entry is joined with. One that is a list of exports is read from what it names to what that is made of; what has
 * statements of its own needs everything before them.
 */
function filesOf(entry: RuntimeFile, read: Read): readonly string[] {
  const importsOf = (file: string): readonly string[] =>
    [relativeImport, exportList]
      .flatMap((statements) => [...read(file).matchAll(statements)])
      .map((found) => fileAt(found.at(-1)!, file))
      .filter((imported) => !isEntry(imported))
  const found = new Set(importsOf(entry))
  if (read(entry).replace(exportList, '').trim() === '') {
    // a set goes on to what is added to it
    for (const file of found) for (const imported of importsOf(file)) found.add(imported)
    return [...found]
  }
  const ordered = new Set<string>()
  const visit = (file: string): void => {
    for (const imported of importsOf(file)) visit(imported)
    ordered.add(file)
  }
  for (const file of found) visit(file)
  return [...ordered]
}

/** What one file calls another, as its path in the room. */
const fileAt = (specifier: string, from: string): string => new URL(specifier, `file:///${from}`).pathname.slice(1)

const isEntry = (file: string): boolean => entries.some((entry) => entry === file)
