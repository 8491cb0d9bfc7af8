import type { Graph } from '../compiler/graph/graph.ts'
import { targets, type TargetName } from './targets.ts'
import type { Unsupported } from './unsupported.ts'

/** A file that a target is made of. */
export interface EmittedFile {
  /** In the folder that everything is written to. */
  readonly path: string
  readonly model: string
  readonly text: string
}

interface Emitted {
  readonly files: readonly EmittedFile[]
  /** What the target cannot say; a model with such nodes has no file. */
  readonly unsupported: readonly Unsupported[]
}

interface Emission {
  /** The name of the file the models were read from, without its folder; undefined for a text that stands in none. */
  readonly source: string | undefined
  readonly target: TargetName
  /** Of fmw. */
  readonly version: string
  readonly format: boolean
}

/** The models of one text as the files of a target. */
export async function emitFiles(graphs: readonly Graph[], { source, target, version, format }: Emission): Promise<Emitted> {
  const files: EmittedFile[] = []
  const unsupported: Unsupported[] = []
  for (const graph of graphs) {
    const emitted = await targets[target].emit(graph, { source: source ?? '-', version, format })
    if ('unsupported' in emitted) unsupported.push(...emitted.unsupported)
    else files.push({ path: nameOf(graph, graphs.length, source) + targets[target].ending, model: graph.name, text: emitted.text })
  }
  return { files, unsupported }
}

/** One model keeps the file's name; several are told apart by theirs. */
function nameOf({ name }: Graph, models: number, source: string | undefined): string {
  if (source === undefined) return name
  const stem = source.replace(/\.fmw$/, '')
  return models > 1 ? `${stem}.${name}` : stem
}
