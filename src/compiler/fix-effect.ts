import type { Diagnostic, Edit } from './diagnostics.ts'
import { movedOffset } from './moved-offset.ts'

/**
 * Whether edits did what they are for: the mistake is gone, and nothing new is wrong because of it. What could not be seen before (behind a
 * text that could not be read, or a name that nothing had) is not because of it, unless what was put in is part of it.
 */
export function isMended(mistake: Diagnostic, edits: readonly Edit[], before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  if (after.some((other) => isStill(mistake, other, edits))) return false
  const fresh = after.filter((other) => isError(other) && !before.some((earlier) => isStill(earlier, other, edits)))
  if (fresh.length === 0) return true
  if (!hides.test(mistake.code) || fresh.some((error) => isInReplacement(error, edits))) return false
  // a text that is still not read shows what it does by being read further
  if (isSyntax(mistake)) return after.filter(isSyntax).length < before.filter(isSyntax).length
  return after.filter(isError).length <= before.filter(isError).length
}

/** Findings of the linter begin where the errors end, whatever they are set to. */
const isError = ({ severity, code }: Diagnostic): boolean => severity === 'error' && !code.startsWith('lint/')

const isSyntax = ({ code }: Diagnostic): boolean => code.startsWith('syntax/')

/** Mistakes of words, which keep others from being seen; what follows from another shape is the doing of the fix. */
const hides = /^(?:syntax|import|name|call|type|value|statement)\//

/** Whether a mistake is one that was there before the edits. */
function isStill({ code, span }: Diagnostic, after: Diagnostic, edits: readonly Edit[]): boolean {
  if (after.code !== code || after.span.source.path !== span.source.path) return false
  const [first, last] = movedOffset(span.source.path, span.start, edits)
  return first <= after.span.start && after.span.start <= last
}

/** Whether what edits put in is part of a mistake. */
const isInReplacement = ({ span: { source, start, end } }: Diagnostic, edits: readonly Edit[]): boolean =>
  edits
    .filter(({ span }) => span.source.path === source.path)
    .some(({ span }) => {
      const [first] = movedOffset(source.path, span.start, edits)
      const [, last] = movedOffset(source.path, span.end, edits)
      return start <= last && first <= end
    })
