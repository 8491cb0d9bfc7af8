import { applyFixes } from './apply-fixes.ts'
import type { Diagnostic } from './diagnostics.ts'
import { isMended } from './fix-effect.ts'

/** Checks the same program again, with other texts for some of its files. */
export type Recheck = (texts: ReadonlyMap<string, string>) => readonly Diagnostic[]

/** So many fixes are tried, and so many characters checked again for them; a text with more mistakes has more to fix first. */
const mostTried = 60
const mostCharacters = 400_000

/**
 * Diagnostics with those of their fixes that leave no error; each fix is tried by itself.
 *
 * @param size the characters of the text that is checked again for each
 */
export function withSoundFixes(diagnostics: readonly Diagnostic[], size: number, recheck: Recheck): readonly Diagnostic[] {
  const most = Math.min(mostTried, Math.floor(mostCharacters / Math.max(1, size)))
  let tried = 0
  return diagnostics.map((diagnostic) => {
    if (diagnostic.fixes.length === 0) return diagnostic
    const fixes = diagnostic.fixes.filter((fix) => {
      if (tried++ >= most) return false
      const { texts, applied, edits } = applyFixes([fix])
      return applied.length > 0 && isMended(diagnostic, edits, diagnostics, recheck(texts))
    })
    return { ...diagnostic, fixes }
  })
}
