import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { runtimeFiles } from '../../src/codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../../src/runtime/files/runtime-file.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'
import { compilePublished } from '../networks/compile-published.ts'
import { chosenNetworks } from '../networks/chosen.ts'
import { emit } from './emitted.ts'
import type { Numbers } from './numbers-of.ts'

/** By the name of a model: runs it. */
export type Runs = Readonly<Record<string, () => Promise<Numbers>>>

interface Text {
  readonly name: string
  readonly graphs: readonly Graph[]
  /** Small, and what every `where` allows. */
  readonly extents: Readonly<Record<string, number>>
}

const texts = (): readonly Text[] => [
  ...exampleFiles.map((file) => ({ name: `examples/${file}`, graphs: modelsOf(file), extents: { H: 32, W: 48 } })),
  ...chosenNetworks.map((network) => {
    const { file, extents = {}, short: { set, extents: fewer = extents } = {} } = network
    return { name: file, graphs: compilePublished(network, set).graphs, extents: fewer }
  }),
]

/**
 * Writes the modules of all examples and of the chosen networks, made small, into a new folder, with a file `runs.ts` that exports how each
 * model is run. Gives the path of that file.
 */
export async function writeRuns(): Promise<string> {
  // where files find `@tensorflow/tfjs-core`
  const cache = path.resolve('node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'fmw-runs-'))
  for (const [name, text] of runtimeFiles(readRuntimeFile)) writeFileSync(path.join(folder, name), text)
  const lines: string[] = []
  for (const [i, { name, graphs, extents }] of texts().entries()) {
    // an example may be blocks alone
    if (graphs.length === 0) continue
    const file = `module-${i}.ts`
    writeFileSync(path.join(folder, file), await emit(...graphs))
    for (const graph of graphs) lines.push(`  '${name} ${graph.name}': async () => numbersOf((await import('./${file}')).${graph.name}, ${shapesOf(graph, extents)}),\n`)
  }
  const entry = path.join(folder, 'runs.ts')
  writeFileSync(entry, `import { numbersOf } from '${path.resolve('test/codegen/numbers-of.ts')}'\nexport const runs = {\n${lines.join('')}}\n`)
  return entry
}

const shapesOf = ({ inputs }: Graph, extents: Readonly<Record<string, number>>): string =>
  JSON.stringify(Object.fromEntries(inputs.map(({ name, type }) => [name, [1, ...type.shape.map(({ dim }) => evaluate(dim, extents))]])))

/** What `writeRuns` has written, to be run here. */
export const importRuns = async (entry: string): Promise<Runs> => ((await import(pathToFileURL(entry).href)) as { readonly runs: Runs }).runs
