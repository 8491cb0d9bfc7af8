import type { BindingKind } from '../../compiler/syntax/bindings.ts'
import type { Analysis } from '../analysis.ts'
import type { Workspace } from '../workspace.ts'
import { imports } from './imports.ts'
import type { NamedThing } from './named-thing.ts'

/** What only the file itself can name. */
const local: ReadonlySet<NamedThing['kind']> = new Set<BindingKind | 'label'>(['label', 'import', 'extent', 'weight', 'layer', 'assigned', 'loop'])

/** The files that may name a thing, analysed: those that are open, and all known ones that import the file in which it is made. */
export function filesNaming({ kind, made }: NamedThing, from: Analysis, workspace: Workspace): readonly Analysis[] {
  if (local.has(kind)) return [from]
  const { host, source } = from
  const open = [...new Set([source.path, ...workspace.texts.keys()])]
  const paths =
    !made || made.source.library
      ? open
      : [...new Set([made.source.path, ...open, ...besides(made.source.path, from), ...besides(source.path, from), ...workspace.others()])].filter(
          (path) => imports(path, made.source.path, host),
        )
  return paths.flatMap((path) => (path === source.path ? from : (workspace.analysisOf(path) ?? [])))
}

const besides = (path: string, { host }: Analysis): readonly string[] =>
  (host.filesBeside?.(path) ?? []).map((name) => host.resolve(`./${name}`, path))
