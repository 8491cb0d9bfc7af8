import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** The files of the project that a file imports, as paths from the root; a path in a text, as to `bin/fmw.js`, is one too. */
function importsOf(file: string): readonly string[] {
  if (!/\.[mc]?[jt]s$/.test(file)) return []
  const text = readFileSync(file, 'utf8')
  const beside = (specifier: string): string => path.join(path.dirname(file), specifier)
  const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
  const named = [...text.matchAll(/'((?:\.\.?\/)[^'\n]+\.(?:js|mjs|ts))'/g)].map(([, specifier]) => specifier!)
  const files = [...imported, ...named].filter((specifier) => specifier.startsWith('.')).map(beside)
  // what the command line runs is the bundle of this
  return [...new Set(files)].map((one) => (one === 'bin/fmw.js' ? bundled : one)).filter(existsSync)
}

const bundled = 'src/cli/main.ts'

/** 0 for a test that is called like the file, 1 for one in a folder that is, 2 for others. */
function strangeness(test: string, file: string): number {
  const name = path.basename(file, '.ts')
  const folders = path.dirname(file).split('/').slice(1)
  if (path.basename(test).startsWith(`${name}.`)) return 0
  return path.dirname(test).split('/').slice(1).some((folder) => folders.includes(folder)) ? 1 : 2
}

/**
 * The tests whose imports reach a file, those first that are about it: by their names, then by the steps between them, then by
 * how little else they reach. Those that only reach it through the bundle of the command line come late.
 */
export function reachingTests(tests: readonly string[]): (file: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  const imports = (file: string): readonly string[] => {
    const found = known.get(file) ?? importsOf(file)
    known.set(file, found)
    return found
  }
  const distances = (from: string, isOpen: (file: string) => boolean): ReadonlyMap<string, number> => {
    const steps = new Map([[from, 0]])
    for (const [file, step] of steps) {
      const found = isOpen(file) ? imports(file) : []
      for (const next of found) if (!steps.has(next)) steps.set(next, step + 1)
    }
    return steps
  }
  const reached = tests.map((test) => ({
    test,
    direct: distances(test, (file) => file !== bundled),
    all: distances(test, () => true),
  }))
  return (file) =>
    reached
      .flatMap(({ test, direct, all }) => {
        const distance = direct.get(file) ?? all.get(file)
        if (distance === undefined) return []
        return [{ test, strangeness: strangeness(test, file), bundled: direct.has(file) ? 0 : 1, distance, size: all.size }]
      })
      .sort((a, b) => a.strangeness - b.strangeness || a.bundled - b.bundled || a.distance - b.distance || a.size - b.size)
      .map(({ test }) => test)
}
