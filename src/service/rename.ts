import { compile } from '../compiler/compile.ts'
import type { Edit } from '../compiler/diagnostics/diagnostics.ts'
import { applyFixes } from '../compiler/fixes/apply-fixes.ts'
import { weightsOf, type Graph } from '../compiler/graph/graph.ts'
import { placeOf, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import type { NamedThing, Occurrence } from './names/named-thing.ts'
import { refusedName } from './names/new-name.ts'
import { occurrencesAt, occurrencesIn } from './names/occurrences.ts'
import { filesNaming } from './names/reach.ts'
import { otherwiseBound } from './names/same-bindings.ts'
import type { Workspace } from './workspace.ts'

export interface Refused {
  /** Why nothing is renamed, in a sentence without a full stop. */
  readonly refused: string
}

interface Renamed {
  readonly edits: readonly Edit[]
  /** What else changes by it, which no text says: the paths of weights, the names of inputs and outputs. */
  readonly notes: readonly string[]
}

interface Renamable {
  readonly span: Span
  readonly name: string
}

/** What would be renamed at an offset, or why nothing can be. */
export function prepareRename(workspace: Workspace, path: string, offset: number): Renamable | Refused {
  const subject = subjectAt(workspace, path, offset)
  if ('refused' in subject) return subject
  const { span, thing, alias } = subject.found
  return { span, name: (alias ?? thing).name }
}

/**
 * Calls what is named at an offset otherwise, in all files that name it (`references`); the graphs stay the same but for names and paths.
 * What would make a name stand for something else, or break a file, is refused.
 */
export function rename(workspace: Workspace, path: string, offset: number, name: string): Renamed | Refused {
  const subject = subjectAt(workspace, path, offset)
  if ('refused' in subject) return subject
  const { analysis, found } = subject
  const thing = found.alias ?? found.thing
  if (name === thing.name) return { edits: [], notes: [] }
  const refused = refusedName(name, thing, analysis)
  if (refused !== undefined) return { refused }
  const files = filesNaming(thing, analysis, workspace)
  const occurrences = files.flatMap((file) => occurrencesIn(file).filter((one) => isOf(thing, one)))
  const unreadable = files.find((file) => !file.parsed.exact && (file === analysis || occurrences.some(({ span }) => span.source === file.source)))
  if (unreadable) return { refused: `${unreadable.source.path} has mistakes of syntax: not every name of it is known` }
  const shared = sharedArgument(thing, occurrences, files)
  if (shared) return { refused: shared }
  const edits = editsFor(occurrences, name)
  const { texts } = applyFixes([{ title: '', safety: 'safe', edits }])
  for (const file of files) {
    const text = texts.get(file.source.path)
    const other = text === undefined ? undefined : otherwiseBound(file, edits, text)
    if (other !== undefined) return { refused: `\`${name}\` is taken: ${other} would stand for something else` }
  }
  return checked(edits, { texts, files, thing, name })
}

interface Subject {
  readonly analysis: Analysis
  readonly found: Occurrence
}

function subjectAt(workspace: Workspace, path: string, offset: number): Subject | Refused {
  const analysis = workspace.analysisOf(path)
  const [found] = analysis ? occurrencesAt(analysis, offset) : []
  if (!analysis || !found) return { refused: 'nothing is named here that could be renamed' }
  const { kind, name, made } = found.alias ?? found.thing
  if (kind === 'word') return { refused: `\`${name}\` is a word of the language` }
  if (!made || made.source.library) return { refused: `\`${name}\` is part of the library` }
  return { analysis, found }
}

/** An import's alias is a thing of its own; what has one is not called as the thing is. */
const isOf = ({ key }: NamedThing, { thing, alias }: Occurrence): boolean => (alias ?? thing).key === key

/** An argument that several blocks are given, of which only one is renamed. */
function sharedArgument({ key }: NamedThing, occurrences: readonly Occurrence[], files: readonly Analysis[]): string | undefined {
  const named = new Set(occurrences.filter(({ how }) => how === 'named').map(({ span }) => placeOf(span)))
  if (named.size === 0) return undefined
  const others = files.flatMap((file) => occurrencesIn(file)).filter(({ thing, how }) => how === 'named' && thing.key !== key)
  const shared = others.find(({ span }) => named.has(placeOf(span)))
  if (!shared) return undefined
  const { made, name } = shared.thing
  return `the argument at ${placeOf(shared.span)} is also given to ${made ? placeOf(made) : 'an op of the library'}, whose ${name} stays`
}

function editsFor(occurrences: readonly Occurrence[], name: string): readonly Edit[] {
  const places = new Map<string, Occurrence[]>()
  for (const one of occurrences) places.set(placeOf(one.span), [...(places.get(placeOf(one.span)) ?? []), one])
  return [...places.values()].flatMap(([one, ...more]) => {
    const { span, short, how, thing } = one!
    if (!short || more.some((other) => other.how !== how)) return [{ span, text: name }]
    const behind = { ...short, start: short.end }
    return how === 'named' ? [{ span, text: name }, { span: behind, text: ` ${thing.name}` }] : [{ span: behind, text: ` ${name}` }]
  })
}

interface Change {
  readonly texts: ReadonlyMap<string, string>
  readonly files: readonly Analysis[]
  readonly thing: NamedThing
  readonly name: string
}

/** Compiles the files with the new texts: what is reported then and was not before refuses them. */
function checked(edits: readonly Edit[], { texts, files, thing, name }: Change): Renamed | Refused {
  const moved: string[] = []
  for (const { source, host, rules, diagnostics, graphs } of files) {
    const text = texts.get(source.path) ?? source.text
    const after = compile(source.path, text, { ...host, read: (file) => texts.get(file) ?? host.read(file) }, { rules, fixes: false })
    const known = diagnostics.map(({ code }) => code)
    const fresh = after.diagnostics.find(({ code, severity }) => severity === 'error' && !takeOne(known, code))
    if (fresh) return { refused: `with \`${name}\` there would be a mistake at ${placeOf(fresh.span)}: ${fresh.message}` }
    moved.push(...movedWeights(graphs, after.graphs))
  }
  return { edits, notes: [...weightNote([...new Set(moved)]), ...portNote(thing, name)] }
}

function takeOne<T>(from: T[], one: T): boolean {
  const at = from.indexOf(one)
  if (at >= 0) from.splice(at, 1)
  return at >= 0
}

const movedWeights = (before: readonly Graph[], after: readonly Graph[]): readonly string[] =>
  before.flatMap((graph, i) => {
    const other = after[i] ? weightsOf(after[i]) : []
    return weightsOf(graph).flatMap(({ path }, j) => (other[j] && other[j].path !== path ? [`${path} is now ${other[j].path}`] : []))
  })

function weightNote(moved: readonly string[]): readonly string[] {
  const [first, ...rest] = moved
  if (first === undefined) return []
  return [`Weight paths change: ${first}${rest.length > 0 ? `, and ${rest.length} more` : ''}. Files of weights have the old ones.`]
}

const portNote = ({ kind, name: old }: NamedThing, name: string): readonly string[] =>
  kind === 'input' || kind === 'output' || kind === 'model' ? [`The ${kind} ${old} is called ${name} from outside too: by commands, modules and settings.`] : []
