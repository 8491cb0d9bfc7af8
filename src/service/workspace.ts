import type { Host } from '../compiler/text/host.ts'
import { analyse, type Analysis, type AnalysisOptions } from './analysis.ts'

/** The texts of an editor, some of which no disk has yet. */
export interface Workspace {
  /** Takes a text that is opened or has changed. */
  readonly write: (path: string, text: string) => void
  /** What the disk has counts again. */
  readonly close: (path: string) => void
  /** The texts that are open, by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Files that are not open and may import those that are. */
  readonly others: () => readonly string[]
  /** What there is to know of a file as it stands; undefined where there is none. */
  readonly analysisOf: (path: string) => Analysis | undefined
  /** Files of the disk have changed, or rules: what was found out is found out anew. */
  readonly forget: () => void
}

/**
 * @param disk texts that are open are read instead of its files
 * @param others files that are not open and may import those that are
 */
export function openWorkspace(disk: Host, options: (path: string) => AnalysisOptions = () => ({}), others: Workspace['others'] = () => []): Workspace {
  const texts = new Map<string, string>()
  const last = new Map<string, { readonly analysis: Analysis; readonly read: ReadonlyMap<string, string | undefined> }>()
  const read = (path: string): string | undefined => texts.get(path) ?? disk.read(path)

  function analysisOf(path: string): Analysis | undefined {
    const text = read(path)
    if (text === undefined) return undefined
    const known = last.get(path)
    if (known && [...known.read].every(([file, before]) => read(file) === before)) return known.analysis
    const needed = new Map([[path, text as string | undefined]])
    const host: Host = {
      ...disk,
      read: (file) => {
        const found = read(file)
        needed.set(file, found)
        return found
      },
    }
    const analysis = analyse(path, text, host, options(path), known?.analysis)
    last.set(path, { analysis, read: needed })
    return analysis
  }

  return {
    write: (path, text) => void texts.set(path, text),
    close: (path) => {
      texts.delete(path)
      last.delete(path)
    },
    texts,
    others,
    analysisOf,
    forget: () => last.clear(),
  }
}
