import type { Analysis } from './analysis.ts'
import { occurrencesAt, occurrencesIn } from './names/occurrences.ts'
import type { Reference } from './references.ts'

/** Where the file names what is named at an offset. */
export function highlights(analysis: Analysis, offset: number): readonly Reference[] {
  const [found] = occurrencesAt(analysis, offset)
  if (!found) return []
  return occurrencesIn(analysis).flatMap(({ thing, span, how }) => (thing.key === found.thing.key ? [{ span, how }] : []))
}
