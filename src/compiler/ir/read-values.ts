import type { Dim } from '../dim/expr.ts'
import { parseDim } from '../dim/parse.ts'
import type { Node } from '../graph/graph.ts'
import type { Initializer } from '../graph/initializer.ts'
import type { Source, Span } from '../text/source.ts'
import type { ExtentJson, InitializerJson, NumberJson, SpanJson } from './json-values.ts'
import type { Violation } from './violation.ts'

/** What is known while a graph is read: its extents, the nodes so far, and what was wrong. */
export interface Reading {
  readonly extents: ReadonlyMap<string, Dim>
  /** The same file for the same name. */
  readonly sourceOf: (file: string) => Source
  readonly nodes: Node[]
  readonly violations: Violation[]
}

/** The node, or nothing when there is none yet: nodes only read earlier ones. */
export function readNodeId(id: number, pointer: string, { nodes, violations }: Reading): readonly Node[] {
  const node = nodes[id]
  if (node) return [node]
  violations.push({ pointer, message: `there is no node ${id} before this` })
  return []
}

export function readExtent(extent: ExtentJson, pointer: string, { extents, violations }: Reading): Dim {
  if (typeof extent === 'number') return extent
  const result = parseDim(extent, extents)
  if ('dim' in result) return result.dim
  violations.push({ pointer, message: `${result.error.message} (at ${result.error.at + 1} of "${extent}")` })
  return 1
}

export const readNumber = (json: NumberJson): number => (typeof json === 'number' ? json : Number(json))

/** The schema has checked the settings of each kind. */
export const readInitializer = ({ kind, ...settings }: InitializerJson): Initializer => {
  const entries = Object.entries(settings).map(([name, value]) => {
    if (typeof value === 'object') return [name, value.map(readNumber)]
    return [name, name === 'fan' || name === 'distribution' ? value : readNumber(value)]
  })
  return { kind, ...Object.fromEntries(entries) } as Initializer
}

export function readSpan(json: SpanJson | undefined, { sourceOf }: Reading): Span {
  if (!json) return { source: withoutText(''), start: 0, end: 0 }
  const { file, start, end, library } = json
  return { source: library ? libraryFile(file) : sourceOf(file), start, end }
}

export const withoutText = (path: string): Source => ({ path, text: '', library: false })

const libraryFiles = new Map<string, Source>()

/** A file of the standard library, whose text is not asked for. */
function libraryFile(path: string): Source {
  let known = libraryFiles.get(path)
  if (!known) libraryFiles.set(path, (known = { path, text: '', library: true }))
  return known
}
