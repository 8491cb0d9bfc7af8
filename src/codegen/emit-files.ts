import type { Graph } from '../compiler/graph/graph.ts'
import type { Form } from './about.ts'
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
  /** The names of the kernels that the models need to predict, where the form names a backend. */
  readonly kernels: readonly string[]
  /** What the target cannot say; a text with such nodes has no file. */
  readonly unsupported: readonly Unsupported[]
}

interface Emission {
  /** The name of the file the models were read from, without its folder; undefined for a text that stands in none. */
  readonly source: string | undefined
  readonly target: TargetName
  /** Of fmw. */
  readonly version: string
  readonly form: Form
  /** Gives a file of the room `runtime`, or what its entries are compiled to, by its name. */
  readonly readRuntimeFile: (file: string) => string
}

/** The models of one text as the files of a target, and what these import. */
export async function emitFiles(graphs: readonly Graph[], { source, target, version, form, readRuntimeFile }: Emission): Promise<Emitted> {
  const { isSingle, emit, companions }: Target = targets[target]
  const files: EmittedFile[] = []
  const unsupported: Unsupported[] = []
  const kernels = new Set<string>()
  for (const together of isSingle ? graphs.map((graph) => [graph]) : graphs.length > 0 ? [graphs] : []) {
    const emitted = await emit(together, { ...form, source: source ?? '-', version })
    if ('unsupported' in emitted) unsupported.push(...emitted.unsupported)
    else {
      const stem = nameOf(together, graphs.length, source)
      const models = together.map(({ name }) => name)
      for (const [ending, text] of emitted.texts) files.push({ path: stem + ending, models, text })
      for (const kernel of emitted.kernels ?? []) kernels.add(kernel)
    }
  }
  if (files.length > 0 && companions) {
    for (const [path, text] of await companions(form.imports, readRuntimeFile)) files.push({ path, models: [], text })
  }
  return { files, kernels: [...kernels], unsupported }
}

/** What stands alone keeps the file's name; of several models each file says which it is. */
function nameOf(graphs: readonly Graph[], models: number, source: string | undefined): string {
  const [{ name }] = graphs as [Graph]
  if (source === undefined) return name
  const stem = source.replace(/\.fmw$/, '')
  return graphs.length < models ? `${stem}.${name}` : stem
}
