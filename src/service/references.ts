import type { Span } from '../compiler/text/source.ts'
import type { Occurrence } from './names/named-thing.ts'
import { occurrencesAt, occurrencesIn } from './names/occurrences.ts'
import { filesNaming } from './names/reach.ts'
import type { Workspace } from './workspace.ts'

export interface Reference {
  readonly span: Span
  /** `made` is the declaration. */
  readonly how: Occurrence['how']
}

/**
 * Everywhere that what is named at an offset is named: in the files that are open, and in all known ones that import the file in which it is
 * made, by whatever name. Of what the library or the language makes, in the files that are open.
 */
export function references(workspace: Workspace, path: string, offset: number): readonly Reference[] {
  const analysis = workspace.analysisOf(path)
  const [found] = analysis ? occurrencesAt(analysis, offset) : []
  if (!analysis || !found) return []
  return filesNaming(found.thing, analysis, workspace).flatMap((file) =>
    occurrencesIn(file).flatMap(({ thing, span, how }) => (thing.key === found.thing.key ? [{ span, how }] : [])),
  )
}
