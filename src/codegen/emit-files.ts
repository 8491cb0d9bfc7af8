import type { Graph } from '../compiler/graph/graph.ts'
import { targets, type Target, type TargetName } from './targets.ts'
import type { Unsupported } from './unsupported.ts'

/** A file that a target is made of. */
export interface EmittedFile {
  /** In the folder that everything is written to. */
  readonly path: string
  /** Those in it; none in what all files import. */
  readonly models: readonly string[]
  readonly text: string
}

interface Emitted {
  readonly files: readonly EmittedFile[]
  /** What the target cannot say; a text with such nodes has no file. */
  readonly unsupported: readonly Unsupported[]
}

interface Emission {
  /** The name of the file the models were read from, without its folder; undefined for a text that stands in none. */
  readonly source: string | undefined
  readonly target: TargetName
  /** Of fmw. */
  readonly version: string
  readonly format: boolean
  /** Gives a file of the room `runtime`, by its name. */
  readonly readRuntimeFile: (file: string) => string
}

/** The models of one text as the files of a target, and what these import. */
export async function emitFiles(graphs: readonly Graph[], { source, target, version, format, readRuntimeFile }: Emission): Promise<Emitted> {
  const { isSingle, ending, emit, companions }: Target = targets[target]
  const files: EmittedFile[] = []
  const unsupported: Unsupported[] = []
  for (const together of isSingle ? graphs.map((graph) => [graph]) : graphs.length > 0 ? [graphs] : []) {
    const emitted = await emit(together, { source: source ?? '-', version, format })
    if ('unsupported' in emitted) unsupported.push(...emitted.unsupported)
    else {
      const path = nameOf(together, graphs.length, source) + ending
      files.push({ path, models: together.map(({ name }) => name), text: emitted.text })
    }
  }
  if (files.length > 0 && companions) {
    for (const [path, text] of await companions(readRuntimeFile)) files.push({ path, models: [], text })
  }
  return { files, unsupported }
}

/** What stands alone keeps the file's name; of several models each file says which it is. */
function nameOf(graphs: readonly Graph[], models: number, source: string | undefined): string {
  const [{ name }] = graphs as [Graph]
  if (source === undefined) return name
  const stem = source.replace(/\.fmw$/, '')
  return graphs.length < models ? `${stem}.${name}` : stem
}
