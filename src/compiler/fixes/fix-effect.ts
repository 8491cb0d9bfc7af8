import type { Code, Family } from '../catalog/index.ts'
import type { Diagnostic, Edit } from '../diagnostics/diagnostics.ts'
import { positionOf, type Span } from '../text/source.ts'
import { firstWhere } from '../text/first-where.ts'
import { movementBy } from './moved-offset.ts'

/**
 * Whether edits did what they are for: the mistake is gone, and nothing new is wrong because of it. What could not be seen before
 * (behind a text that could not be read, or a name that nothing had) is not because of it, unless what was put in is part of it.
 */
export function mendedBy(
  edits: readonly Edit[],
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): (mistake: Diagnostic) => boolean {
  const movedTo = movementBy(edits)
  const found = new Map<string, Diagnostic[]>()
  for (const other of after) {
    const alike = found.get(kindOf(other))
    if (alike) alike.push(other)
    else found.set(kindOf(other), [other])
  }
  const stillThere = (earlier: Diagnostic): readonly Diagnostic[] => {
    const alike = found.get(kindOf(earlier)) ?? []
    if (alike.length === 0) return []
    const [first, last] = movedTo(earlier.span.source.path, earlier.span.start)
    return between(alike, first, last)
  }
  const known = new Set(before.flatMap(stillThere))
  const fresh = after.filter((other) => isError(other) && !known.has(other))
  const replacements = edits.map(({ span: { source, start, end } }) => ({
    path: source.path,
    first: movedTo(source.path, start)[0],
    last: movedTo(source.path, end)[1],
  }))
  // what edits put in is part of a mistake, or stands beside one of syntax
  const isPutIn = fresh.some(({ family, span: { source, start, end } }) =>
    replacements.some(
      ({ path, first, last }) => path === source.path && (family === 'syntax' ? start <= last && first <= end : start < last && first < end),
    ),
  )
  const isNoMore = after.filter(isError).length <= before.filter(isError).length
  /** A call with a wrong word in it says nothing of its other arguments. */
  const areOfSameLine = ({ span: own }: Diagnostic): boolean =>
    fresh.every(({ family, span }) => hiding.has(family) && span.source.path === own.source.path && lineOf(span) === lineOf(own))
  return (mistake) => {
    if (stillThere(mistake).length > 0) return false
    if (fresh.length === 0) return true
    // mended here, it shows where the same extents meet next
    if (mistake.extents.length > 1 && fresh.every((other) => isSame(mistake, other))) return isNoMore
    // who counts so once does it again, further on
    if (ofArgument.has(mistake.code) && fresh.every((other) => other.code === mistake.code)) return isNoMore
    if (!hiding.has(mistake.family) || isPutIn) return false
    // a text that is still not read shows what it does by being read further
    if (isSyntax(mistake)) return after.filter(isSyntax).length < before.filter(isSyntax).length
    return isNoMore || areOfSameLine(mistake)
  }
}

const lineOf = ({ source, start }: Span): number => positionOf(source, start).line

/** The same mistake in another place, between the same extents; a shape that holds a wrong one is where it meets the right one first. */
const isSame = (mistake: Diagnostic, other: Diagnostic): boolean =>
  other.family === mistake.family && other.extents.join() === mistake.extents.join()

/** Arguments that are wrong by themselves, whatever they are for. */
const ofArgument: ReadonlySet<string> = new Set<Code>(['shape/argument-range', 'shape/axis', 'shape/permutation', 'shape/padding'])

/** Findings of the linter begin where the errors end, whatever they are set to. */
const isError = ({ severity, family }: Diagnostic): boolean => severity === 'error' && family !== 'lint'

const isSyntax = ({ family }: Diagnostic): boolean => family === 'syntax'

/** Mistakes of words, which keep others from being seen; what follows from another shape is the doing of the fix. */
const hiding: ReadonlySet<Family> = new Set(['syntax', 'import', 'name', 'call', 'type', 'value', 'statement'])

/** Of two diagnostics that are the same one, what no edit changes. */
const kindOf = ({ code, span }: Diagnostic): string => `${code} ${span.source.path}`

/** Of diagnostics in the order of one file those that begin from one offset to another. */
function between(diagnostics: readonly Diagnostic[], first: number, last: number): readonly Diagnostic[] {
  return diagnostics.slice(
    firstWhere(diagnostics, ({ span }) => span.start >= first),
    firstWhere(diagnostics, ({ span }) => span.start > last),
  )
}
