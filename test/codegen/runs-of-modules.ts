import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { at } from '../../src/codegen/tfjs/runtime/arrays.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { emit } from '../../src/index.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'
import { compilePublished } from '../networks/compile-published.ts'
import { fixed } from '../networks/fixed.ts'
import type { Numbers } from './numbers-of.ts'

/** By the name of a model: runs it. */
export type Runs = Readonly<Record<string, () => Promise<Numbers>>>

interface Text {
  readonly file: string
  /** One of several, with parameters that make it small. */
  readonly options: { readonly model?: string; readonly set?: Readonly<Record<string, string>> }
  readonly graphs: readonly Graph[]
  /** Small, and what every `where` allows. */
  readonly extents: Readonly<Record<string, number>>
}

const texts = (): readonly Text[] => [
  ...exampleFiles.map((file) => ({ file: `examples/${file}`, options: {}, graphs: modelsOf(file), extents: { H: 32, W: 48 } })),
  ...fixed.map((network) => {
    const { file, model, extents = {}, short: { set = {}, extents: fewer = extents } = {} } = network
    return { file: `test/networks/${file}.fmw`, options: { model, set }, graphs: compilePublished(network, set).graphs, extents: fewer }
  }),
]

/**
 * Writes the modules of all examples and of the networks that are always run into a new folder, with a file `runs.ts` that exports how
 * each model is run. Gives the path of that file.
 */
export async function writeRuns(): Promise<string> {
  // where files find `@tensorflow/tfjs-core`
  const cache = path.resolve('node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'fmw-runs-'))
  const lines: string[] = []
  for (const { file, options, graphs, extents } of texts()) {
    const { files } = await emit(readFileSync(file, 'utf8'), { file, ...options, format: false })
    for (const { path: name, text } of files) writeFileSync(path.join(folder, name), text)
    // an example may be blocks alone
    for (const graph of graphs) lines.push(runOf(graph, at(files, 0).path, extents))
  }
  const entry = path.join(folder, 'runs.ts')
  writeFileSync(entry, `import { numbersOf } from '${path.resolve('test/codegen/numbers-of.ts')}'\nexport const runs = {\n${lines.join('')}}\n`)
  return entry
}

function runOf({ name, inputs }: Graph, file: string, extents: Readonly<Record<string, number>>): string {
  const shapes = inputs.map((input) => [input.name, [1, ...input.type.shape.map(({ dim }) => evaluate(dim, extents))]])
  return `  '${file} ${name}': async () => numbersOf((await import('./${file}')).${name}, ${JSON.stringify(Object.fromEntries(shapes))}),\n`
}

/** What `writeRuns` has written, to be run here. */
export const importRuns = async (entry: string): Promise<Runs> => ((await import(pathToFileURL(entry).href)) as { readonly runs: Runs }).runs
