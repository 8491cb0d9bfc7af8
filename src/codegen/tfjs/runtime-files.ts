/** The files that emitted modules import: each is an entry of the room `runtime`. */
const entries = ['fmw-runtime.ts', 'fmw-training.ts'] as const

type RuntimeFile = (typeof entries)[number]

/** Gives a file of the room `runtime`, by its name. */
type Read = (file: string) => string

/**
 * The files that emitted modules import, by name: each is an entry joined with the files that it imports, which exports what the
 * entry does and imports TensorFlow.js from `core`. They are the same for all models.
 */
export const runtimeFiles = (read: Read, core = '@tensorflow/tfjs-core'): ReadonlyMap<RuntimeFile, string> =>
  new Map(entries.map((entry) => [entry, joined(entry, read, core)]))

/** The first line of each. */
const heading = '// What the modules that fmw emits have in common. Generated: building again writes it anew.'

const coreImport = /^import (?:type )?\* as tf from '@tensorflow\/tfjs-core'\n/gm
const relativeImport = /^import [^'*]* from '(\.[^']+)'\n/gm
const exportList = /^export \{([^}]*)\} from '(\.[^']+)'\n/gm
const exported = /^export (?=(?:const|function|class|interface|type) (\w+))/gm

function joined(entry: RuntimeFile, read: Read, core: string): string {
  const listed = [...read(entry).matchAll(exportList)].flatMap(([, names]) => names!.match(/\w+/g) ?? [])
  const bodies = new Map<string, string>()
  const foreign: string[] = []
  const visit = (file: string): void => {
    if (bodies.has(file)) return
    const text = read(file)
    bodies.set(file, '')
    for (const [statement, from] of text.matchAll(relativeImport)) {
      const imported = fileAt(from!, file)
      if (isEntry(imported)) foreign.push(statement)
      else visit(imported)
    }
    for (const [, , from] of text.matchAll(exportList)) visit(fileAt(from!, file))
    const body = text.replace(coreImport, '').replace(relativeImport, '').replace(exportList, '')
    bodies.delete(file)
    bodies.set(file, body.replace(exported, (word, name: string) => (listed.includes(name) ? word : '')).trim())
  }
  visit(entry)
  const imports = [`import * as tf from '${core}'\n`, ...foreign].join('')
  return `${[`${heading}\n${imports}`.trimEnd(), ...bodies.values()].filter((part) => part !== '').join('\n\n')}\n`
}

/** What one file calls another, as its path in the room. */
const fileAt = (specifier: string, from: string): string => new URL(specifier, `file:///${from}`).pathname.slice(1)

const isEntry = (file: string): boolean => entries.some((entry) => entry === file)
